// Command entente reads diplomatic prose into a knowledge graph, and asks it.
//
//	entente ingest notices/             read documents into the store
//	entente search narcotics            find entities and sentences
//	entente extract --json notice.txt   see what one document says, without a store
//	entente serve                       GraphQL and the explorer on loopback
//
// Data goes to standard output, one JSON value to a line with --json; progress,
// errors and hints go to standard error. The exit status is 0 if all went well,
// 1 after a failure, 2 for a wrong command line, 3 if what was named is not
// there, 4 if part of the documents failed, and 130 if it was interrupted.
//
// A flag goes before its variable ENTENTE_…, this before the configuration file
// (config.json in $XDG_CONFIG_HOME/entente, flags by name), this before the default.
//
// Each command has its file: it holds the flags, opens what is named, and hands over to the packages that do the work.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"github.com/entente-kg/entente/graph"
)

// commands is the command line.
type commands struct {
	Store storeAddress `env:"ENTENTE_STORE" default:"${store}" placeholder:"PATH|neo4j://…" help:"Where the graph is kept: a file, or a Neo4j server (neo4j://HOST:PORT or bolt://HOST:PORT, with the credentials in ENTENTE_NEO4J_USER and ENTENTE_NEO4J_PASSWORD, the database in ENTENTE_NEO4J_DATABASE). Default: ${store}"`
	JSON  bool         `name:"json" env:"ENTENTE_JSON" help:"Print JSON, one value to a line."`

	Serve      serveCommand      `cmd:"" help:"Answer GraphQL over HTTP; an empty default store is filled with a sample first."`
	Ingest     ingestCommand     `cmd:"" help:"Read documents into the store."`
	Extract    extractCommand    `cmd:"" help:"Print what documents say, without a store."`
	Search     searchCommand     `cmd:"" help:"Find entities by name, and sentences by their words."`
	Stats      statsCommand      `cmd:"" help:"Count what the store holds."`
	Duplicates duplicatesCommand `cmd:"" help:"Propose entities that may be one; nothing is merged."`
	Decisions  decisionsCommand  `cmd:"" help:"List what people have decided: merges, splits, aliases, reviews."`
	Entity     entityCommand     `cmd:"" help:"Decide what entities are: merge, split, distinct, alias."`
	Review     reviewCommand     `cmd:"" help:"Confirm a fact, or reject it."`
	Undo       undoCommand       `cmd:"" help:"Take decisions back."`
	Withdraw   withdrawCommand   `cmd:"" help:"Take documents out, with all that only they support."`
	Reprocess  reprocessCommand  `cmd:"" help:"Read the stored texts again, after a new version of the program."`
	Doctor     doctorCommand     `cmd:"" help:"Check the store against itself; --repair mends what is derived."`
	Export     exportCommand     `cmd:"" help:"Write the whole store as JSON Lines."`
	Schema     schemaCommand     `cmd:"" help:"Print the GraphQL schema."`
	Import     importCommand     `cmd:"" help:"Read what export has written."`
	Version    versionCommand    `cmd:"" help:"Print the versions of program, extractor and formats."`
}

// The exit statuses. Parse errors are the command line's.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitNotFound    = 3
	exitPartly      = 4
	exitInterrupted = 130
)

func main() { os.Exit(run()) }

func run() int {
	// The first signal asks the work to end; a second one ends the process.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)

	out := &output{w: os.Stdout}
	p := &program{stdin: os.Stdin, stdout: out, stderr: os.Stderr, terminal: term.IsTerminal(int(os.Stderr.Fd())), hinted: map[string]bool{}}
	err := p.run(ctx, os.Args[1:])
	if err == nil {
		err = out.err
	}
	if err != nil {
		p.complain(err)
	}
	return exitStatus(err)
}

// run parses the command line and runs the command that it names.
func (p *program) run(ctx context.Context, args []string) error {
	config, err := readConfig()
	if err != nil {
		return err
	}
	var line commands
	parser, err := kong.New(&line, kong.Name("entente"), kong.Writers(p.stdout, p.stderr),
		kong.Description("Entente reads diplomatic prose into a knowledge graph in which every edge shows the sentence that it came from."),
		kong.Vars{"store": defaultStore(), "user": userName()}, kong.Resolvers(config), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(p))
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return err
	}
	p.json, p.store = line.JSON, line.Store
	return parsed.Run()
}

// partly is that some documents failed, each of which was reported.
type partly struct{ failed, documents int }

func (e partly) Error() string {
	return fmt.Sprintf("%s of %s failed", thousands(e.failed), counted(e.documents, "document"))
}

func exitStatus(err error) int {
	var usage *kong.ParseError
	var part partly
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		return exitUsage
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &part):
		return exitPartly
	case graph.KindOf(err) == graph.NotFound:
		return exitNotFound
	}
	return exitFailure
}

// program is what every command works with.
type program struct {
	stdin    io.Reader
	stdout   io.Writer // data
	stderr   io.Writer // everything else
	terminal bool      // stderr is one
	json     bool
	store    storeAddress
	progress *progress       // shown now; nil if none
	hinted   map[string]bool // hints that were given, each once
}

// complain says what went wrong, and what to do about it.
func (p *program) complain(err error) {
	p.progress.clear()
	var usage *kong.ParseError
	switch {
	case errors.As(err, &usage):
		help := "entente --help"
		if node := usage.Context.Selected(); node != nil {
			help = node.FullPath() + " --help"
		}
		fmt.Fprintf(p.stderr, "entente: error: %s\nentente: hint: %s tells more\n", printable(err.Error()), help)
		return
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(p.stderr, "entente: interrupted")
		return
	}
	fmt.Fprintf(p.stderr, "entente: error: %s\n", printable(err.Error()))
	if hint := graph.HintOf(err); hint != "" && !p.hinted[hint] {
		p.hinted[hint] = true
		fmt.Fprintf(p.stderr, "entente: hint: %s\n", printable(hint))
	}
}

// say tells something that is no data.
func (p *program) say(format string, args ...any) {
	p.progress.clear()
	fmt.Fprintf(p.stderr, "entente: "+format+"\n", args...)
}
