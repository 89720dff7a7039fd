package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"go.opentelemetry.io/otel/trace"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/ingest/sample"
	"github.com/entente-kg/entente/server"
	"github.com/entente-kg/entente/server/otlp"
)

type serveCommand struct {
	Addr      string        `env:"ENTENTE_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen. Any other address than one of this machine's own (127.0.0.1, localhost, ::1) needs ENTENTE_TOKEN, which every request then has to bear."`
	AllowHost []string      `env:"ENTENTE_ALLOW_HOST" placeholder:"NAME" help:"A further name by which the server may be called. May be repeated."`
	Timeout   time.Duration `env:"ENTENTE_TIMEOUT" default:"10s" help:"The most time that a question may take."`
	MaxBytes  byteSize      `env:"ENTENTE_MAX_BYTES" default:"10MiB" help:"The most that one document to be read may take up."`
	Author    string        `env:"ENTENTE_AUTHOR" default:"${user}" help:"Who decides where a request does not say so in its header Entente-Author. Default: ${user}"`
	LogLevel  slog.Level    `env:"ENTENTE_LOG_LEVEL" default:"info" placeholder:"LEVEL" help:"What is logged: debug (every operation, with cost and shape), info, warn (slow operations) or error."`

	Introspection bool  `negatable:"" default:"true" help:"Tell clients the schema when they ask for it."`
	Sample        *bool `negatable:"" help:"Read the sample corpus if the store is empty. Without the flag this happens in the default store only."`
}

// Help tells what is served.
func (serveCommand) Help() string {
	return "GraphQL is at /graphql, a page to try it at /graphiql, the probes at /healthz and /readyz, Prometheus metrics at /metrics. Traces go to OTEL_EXPORTER_OTLP_ENDPOINT (OpenTelemetry over HTTP, JSON) if it is set. SIGTERM and Ctrl-C end the server once the requests under way are answered."
}

// closing is how long requests under way have to end.
const closing = 15 * time.Second

// Run serves until the context ends.
func (c *serveCommand) Run(ctx context.Context, p *program) error {
	token := os.Getenv("ENTENTE_TOKEN")
	if token == "" && !loopback(c.Addr) {
		return graph.Errorf(graph.Forbidden, "%s can be reached from other machines, and there is no token", c.Addr).
			WithHint("set ENTENTE_TOKEN to a long secret, or listen on 127.0.0.1")
	}
	collectLess()
	return p.withStore(ctx, create, func(store graph.Store, x *ingest.Extractor) error {
		listener, err := net.Listen("tcp", c.Addr)
		if err != nil {
			return graph.Errorf(graph.Unavailable, "listen on %s: %w", c.Addr, err).WithHint("choose another address with --addr; port 0 takes any that is free")
		}
		tracer, flush, err := traces(ctx)
		if err != nil {
			return err
		}
		defer flush()
		s := server.New(store, x, server.Options{Token: token, AllowedHosts: c.AllowHost, MaxDocument: int64(c.MaxBytes), Timeout: c.Timeout, Author: c.Author, NoIntrospection: !c.Introspection, Tracer: tracer, Log: p.log(c.LogLevel)})
		return c.serve(ctx, p, s, listener, func() error {
			err := c.fill(ctx, p, store, x)
			if err == nil {
				go warm(ctx, p, store) // which ends with the store
			}
			return err
		}, token != "")
	})
}

// warm lets the store answer from memory what it can. Until then, and if it cannot
// be read, its statements answer.
func warm(ctx context.Context, p *program, store graph.Store) {
	if err := store.Warm(ctx); err != nil && ctx.Err() == nil {
		p.complain(fmt.Errorf("questions about edges are answered from disk: %w", err))
	}
}

// serve answers requests from the beginning, and calls itself ready once the store is filled.
func (c *serveCommand) serve(ctx context.Context, p *program, s *server.Server, listener net.Listener, fill func() error, guarded bool) error {
	s.SetReady(false)
	h := s.HTTP(c.Addr)
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(listener) }()
	err := fill()
	var work sync.WaitGroup
	if err == nil {
		work.Go(func() { s.Work(ctx) })
		s.SetReady(true)
		p.invite(listener.Addr().String(), guarded)
		select {
		case err = <-ended:
			return fmt.Errorf("serve: %w", err) // and so the program ends
		case <-ctx.Done():
		}
	}
	s.SetReady(false)
	defer work.Wait() // what the worker has on its lease is read to the end
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	if stop := h.Shutdown(end); stop != nil {
		return errors.Join(err, fmt.Errorf("requests were cut off after %s: %w", closing, stop))
	}
	if errors.Is(err, context.Canceled) {
		return nil // asked to end while filling: that is how a server ends
	}
	return err
}

// fill reads the sample into an empty store, so that a newcomer has something to ask, and
// tells whether the store may only be read.
func (c *serveCommand) fill(ctx context.Context, p *program, store graph.Store, x *ingest.Extractor) error {
	wanted := string(p.store) == defaultStore()
	if c.Sample != nil {
		wanted = *c.Sample
	}
	s, err := store.Statistics(ctx)
	if err != nil {
		return err
	}
	if why := s.Writable(x.Version()); why != nil {
		p.complain(why) // and answer questions
		return nil
	}
	if !wanted || s.Documents > 0 {
		return nil
	}
	p.say("the store is empty: reading the sample corpus")
	p.startProgress(int64(len(sample.JSONL)))
	inputs := ingest.Read(ctx, []string{"-"}, ingest.Options{Format: ingest.JSONLines, Stdin: bytes.NewReader(sample.JSONL)})
	summary, err := ingest.Run(ctx, store, x, inputs, func(r ingest.Report) {
		p.progress.add(r.Size, r.Facts)
		if r.Err != nil {
			p.complain(r.Err)
		}
	})
	if err == nil {
		p.say("read %s with %s", counted(summary.Documents(), "document"), counted(summary.Facts, "fact"))
	}
	return err
}

// firstQuestion is the question that a newcomer is shown.
const firstQuestion = `{ agreements(where: {covers: {any: [{name: "narcotics"}]}}) { nodes { name date parties { nodes { name } } } } }`

// invite tells where the server is and what to ask it first.
func (p *program) invite(addr string, guarded bool) {
	url, bearer := "http://"+addr, ""
	if guarded {
		bearer = `-H "Authorization: Bearer $ENTENTE_TOKEN" `
	}
	p.say("listening on %s", url)
	fmt.Fprintf(p.stderr, "\n  GraphQL   %[1]s/graphql\n  GraphiQL  %[1]s/graphiql\n  ready?    %[1]s/readyz\n\n  Which agreements cover narcotics?\n\n"+
		"  curl -s %[1]s/graphql %[2]s-H 'Content-Type: application/json' -d '{\"query\": %[3]s}'\n\n", url, bearer, quoted(firstQuestion))
}

// traces are sent where the environment says, if it does; flush sends what is left.
func traces(ctx context.Context) (tracer trace.Tracer, flush func(), err error) {
	provider, err := otlp.Provider(ctx, "entente")
	if err != nil {
		return nil, nil, graph.Errorf(graph.Invalid, "%w", err).WithHint("OTEL_EXPORTER_OTLP_ENDPOINT is an address such as http://localhost:4318")
	}
	if provider == nil {
		return nil, func() {}, nil
	}
	return provider.Tracer("entente"), func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
		defer cancel()
		_ = provider.Shutdown(end) // a collector that is away must not keep the server from ending well
	}, nil
}

// loopback tells whether an address can be reached from this machine only.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip := net.ParseIP(host)
	return err == nil && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// log is where the server tells what goes wrong.
func (p *program) log(level slog.Level) *slog.Logger {
	if p.json {
		return slog.New(slog.NewJSONHandler(p.stderr, &slog.HandlerOptions{Level: level}))
	}
	return slog.New(slog.NewTextHandler(p.stderr, &slog.HandlerOptions{Level: level}))
}
