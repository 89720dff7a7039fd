package ingest

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/entente-kg/entente/graph"
)

// stdinArg names standard input.
const stdinArg = "-"

// Measure is how many bytes the files named hold, for telling how much is left
// to do; 0 if standard input is among them. What cannot be read counts nothing.
func Measure(args []string) int64 {
	var total int64
	for path, err := range files(args, false) {
		if path == stdinArg {
			return 0
		}
		if info, statErr := os.Stat(path); err == nil && statErr == nil {
			total += info.Size()
		}
	}
	return total
}

// files gives the paths of all files that the arguments name, folders and patterns
// expanded unless single. An error comes with the path that it is about.
func files(args []string, single bool) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, arg := range args {
			if !expand(arg, single, yield) {
				return
			}
		}
	}
}

func expand(arg string, single bool, yield func(string, error) bool) bool {
	if arg == stdinArg {
		return yield(arg, nil)
	}
	info, err := os.Stat(arg)
	switch {
	case err != nil && strings.ContainsAny(arg, "*?[") && !single:
		return expandPattern(arg, yield)
	case err != nil:
		return yield(arg, hintAtAddress(arg, fileError(arg, err)))
	case info.IsDir() && single:
		return yield(arg, graph.Errorf(graph.Invalid, "%s is a folder, and a source was given", arg).WithHint("a source goes with one file"))
	case info.IsDir():
		return walk(arg, yield)
	}
	return yield(arg, notFile(arg, info.Mode()))
}

func expandPattern(pattern string, yield func(string, error) bool) bool {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return yield(pattern, graph.Errorf(graph.Invalid, "%s is not a pattern: %w", pattern, err))
	}
	if len(matches) == 0 {
		return yield(pattern, graph.Errorf(graph.NotFound, "nothing matches %s", pattern))
	}
	for _, m := range matches {
		if !expand(m, true, yield) {
			return false
		}
	}
	return true
}

// walk gives the files of known extensions below a folder, sorted by name. Names
// that begin with a full stop are passed over. A link to a file is read; one to a folder is reported
// and not followed, so that no loop of links can hold the walk.
func walk(dir string, yield func(string, error) bool) bool {
	entries, err := os.ReadDir(dir) // sorted; on an error what was read before it
	if err != nil && !yield(dir, fileError(dir, err)) {
		return false
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if e.IsDir() {
			if !walk(path, yield) {
				return false
			}
			continue
		}
		if skip, err := entry(path, e); !skip && !yield(path, err) {
			return false
		}
	}
	return true
}

// entry tells whether a file of a folder is none of ours, or why it cannot be read.
func entry(path string, e fs.DirEntry) (skip bool, err error) {
	known := formatOf(path) != Guess
	if e.Type()&fs.ModeSymlink == 0 {
		return !known, notFile(path, e.Type())
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return !known, fileError(path, err)
	case info.IsDir():
		return false, graph.Errorf(graph.Invalid, "%s is a link to a folder, which is not followed", path).WithHint("name it as an input of its own")
	}
	return !known, notFile(path, info.Mode())
}

// notFile says what a path is that is no file. Opening a pipe would wait for ever.
func notFile(path string, mode fs.FileMode) error {
	kind := ""
	switch {
	case mode&fs.ModeNamedPipe != 0:
		kind = "a pipe"
	case mode&fs.ModeSocket != 0:
		kind = "a socket"
	case mode&fs.ModeDevice != 0:
		kind = "a device"
	case mode.IsDir():
		kind = "a folder"
	case !mode.IsRegular():
		kind = "no regular file"
	default:
		return nil
	}
	return graph.Errorf(graph.Invalid, "%s is %s", path, kind).WithHint("pass its contents on standard input: entente ingest --source NAME -")
}

func hintAtAddress(arg string, err error) error {
	if e, ok := err.(*graph.Error); ok && strings.Contains(arg, "://") {
		return e.WithHint("Entente fetches nothing: save the page, then name the file, with --source %s", arg)
	}
	return err
}

// sourceOf is the source of a file: its path as typed, cleaned.
func sourceOf(path string) (string, error) {
	source := filepath.ToSlash(filepath.Clean(path))
	if !utf8.ValidString(source) {
		return strings.ToValidUTF8(source, "\uFFFD"), graph.Errorf(graph.Invalid, "the name of %q is not UTF-8", source).
			WithHint("rename it, or pass its contents on standard input with --source NAME")
	}
	return source, nil
}

// interruptible reads r until the context ends, even while a read of r waits. The
// goroutine that waits ends with the read.
func interruptible(ctx context.Context, r io.Reader) io.ReadCloser {
	if r == nil {
		r = strings.NewReader("")
	}
	out, in := io.Pipe()
	stop := context.AfterFunc(ctx, func() { in.CloseWithError(ctx.Err()) })
	go func() {
		defer stop()
		_, err := io.Copy(in, r)
		in.CloseWithError(err)
	}()
	return out
}

func bytesText(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
