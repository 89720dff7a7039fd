package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/alecthomas/kong"

	"github.com/entente-kg/entente/graph"
)

// config is the configuration file: flags by name.
type config struct {
	path   string
	values map[string]any
}

// readConfig reads the configuration file if there is one.
func readConfig() (config, error) {
	c := config{path: filepath.Join(baseFolder("XDG_CONFIG_HOME", ".config"), "entente", "config.json")}
	data, err := os.ReadFile(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &c.values)
	}
	if err != nil {
		return c, graph.Errorf(graph.Invalid, "configuration %s: %w", c.path, err).WithHint(`write flags by name: {"store": "…"}`)
	}
	return c, nil
}

// Validate refuses a name that is no flag, because a misspelt one would be without effect.
func (c config) Validate(app *kong.Application) error {
	known := map[string]bool{}
	_ = kong.Visit(app, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			known[flag.Name] = true
		}
		return next(nil)
	})
	for name := range c.values {
		if !known[name] {
			return fmt.Errorf("configuration %s: there is no flag %q", c.path, name)
		}
	}
	return nil
}

// Resolve gives the value of a flag that neither command line nor environment set.
func (c config) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if slices.ContainsFunc(flag.Envs, func(name string) bool { _, set := os.LookupEnv(name); return set }) {
		return nil, nil
	}
	return c.values[flag.Name], nil
}

// baseFolder is a folder of the XDG Base Directory Specification.
func baseFolder(variable, fallback string) string {
	if dir := os.Getenv(variable); filepath.IsAbs(dir) {
		return dir
	}
	if dir := os.Getenv("LocalAppData"); runtime.GOOS == "windows" && dir != "" {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return fallback // below the working folder
	}
	return filepath.Join(home, fallback)
}

func defaultStore() string {
	return filepath.Join(baseFolder("XDG_DATA_HOME", filepath.Join(".local", "share")), "entente", "entente.db")
}
