// Package server answers questions about a graph over HTTP: GraphQL at /graphql, a
// page to try it at /graphiql, metrics at /metrics, and two probes.
//
// The way of a question. [Server.ServeHTTP] checks who asks (host, origin,
// token: access.go) and reads a bounded body (transport.go). The query is
// measured before it is validated, because validation itself can be made to take
// minutes (limits.go). Then gqlgen calls the resolvers, one file per noun:
// a resolver turns arguments into a question of package graph (filter.go,
// page.go), asks the store once for all parents together ([schema.Together]),
// and gives back what it says. What goes wrong gets a code and a hint; what
// nobody foresaw is logged and masked (errors.go).
//
// What changes the graph is a decision of a person (decide.go) or a job: texts are
// stored, and a worker reads them in the background (job.go). Who follows a job, or
// the facts that come in, is told by server-sent events (stream.go, feed.go).
//
// The number of statements is fixed by a query's shape: at most four for a list
// at the root, one for a nested field (one more where it resolves names, counts,
// follows narrower topics or groups neighbours), three for a search and one for
// each hop of a walk, whatever the number of parents and rows.
package server

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/schema"
	"github.com/entente-kg/entente/schema/generated"
)

// Options configure a server. The zero value works, for questions from this
// machine only.
type Options struct {
	// Token, if set, is what every request but the probes has to bear.
	Token string
	// AllowedHosts are names by which the server may be called, beside those of
	// the loopback interface.
	AllowedHosts []string
	// MaxDocument bounds a text to be read, in bytes; 0 is [ingest.DefaultMaxBytes].
	MaxDocument int64
	// Author signs decisions whose request names nobody; "" is "anonymous".
	Author string
	// Timeout bounds a question; 0 is ten seconds. What changes the graph has a
	// minute, or this if it is longer.
	Timeout time.Duration
	// NoIntrospection hides the schema from whoever asks; it is public all the same.
	NoIntrospection bool
	// Tracer makes spans of operations; nil makes none.
	Tracer trace.Tracer
	// Log takes what goes wrong; nil is [slog.Default].
	Log *slog.Logger
}

// Server answers questions about one store.
type Server struct {
	store   graph.Store
	opts    Options
	log     *slog.Logger
	schema  *ast.Schema
	exec    *executor.Executor
	handler http.Handler
	worker  *ingest.Worker
	feed    *feed
	cache   *queryCache
	metrics *metrics
	crowd   crowd
	heavy   heavy
	busy    atomic.Bool
	ending  chan struct{} // closed by end, when streams have to end
	end     func()
}

// New makes a server. It does not listen: see [Server.HTTP].
func New(store graph.Store, extractor *ingest.Extractor, opts Options) *Server {
	if opts.MaxDocument <= 0 {
		opts.MaxDocument = ingest.DefaultMaxBytes
	}
	opts.Author = cmp.Or(opts.Author, "anonymous")
	if opts.Timeout <= 0 {
		opts.Timeout = 10 * time.Second
	}
	traced := opts.Tracer != nil
	if !traced {
		opts.Tracer = noop.Tracer{}
	}
	if opts.Log == nil {
		opts.Log = slog.Default()
	}
	s := &Server{store: store, opts: opts, log: opts.Log, feed: &feed{store: store}, cache: &queryCache{}, metrics: newMetrics(), heavy: newHeavy(),
		worker: ingest.NewWorker(store, extractor, opts.Log), ending: make(chan struct{})}
	s.end = sync.OnceFunc(func() { close(s.ending) })
	s.worker.Before = s.feed.reading
	s.worker.After = func(_ context.Context, items []graph.JobItem) {
		s.feed.read(items)
		s.metrics.read(items)
	}
	executable := generated.NewExecutableSchema(generated.Config{Resolvers: &resolver{store: store, worker: s.worker, feed: s.feed, logger: s.log, maxDocument: opts.MaxDocument, author: opts.Author, timeout: opts.Timeout}})
	s.schema = executable.Schema()
	s.exec = executor.New(executable)
	s.exec.SetParserTokenLimit(mostTokens)
	s.exec.SetQueryCache(s.cache)
	s.exec.SetErrorPresenter(s.present)
	s.exec.SetRecoverFunc(recoverPanic)
	if traced {
		s.exec.AroundRootFields(s.tracedField)
	}
	s.handler = s.routes()
	return s
}

// Work reads what was handed in, until the context ends.
func (s *Server) Work(ctx context.Context) { s.worker.Run(ctx) }

// SetReady tells whether /readyz may say yes, as it does from the start: say no
// while the store is being filled.
func (s *Server) SetReady(ready bool) { s.busy.Store(!ready) }

// HTTP is the server for an address, with time-outs: slow clients must not hold
// connections for ever.
func (s *Server) HTTP(addr string) *http.Server {
	h := &http.Server{
		Addr: addr, Handler: s, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute + s.mutationTimeout(),
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	h.RegisterOnShutdown(s.end)
	return h
}

func (s *Server) mutationTimeout() time.Duration { return max(time.Minute, s.opts.Timeout) }

// resolver has what all resolvers need.
type resolver struct {
	store       graph.Store
	worker      *ingest.Worker
	feed        *feed
	logger      *slog.Logger
	maxDocument int64
	author      string
	timeout     time.Duration // of a question
}

type (
	queryResolver    struct{ *resolver }
	mutationResolver struct{ *resolver }
)

var _ generated.ResolverRoot = (*resolver)(nil)

func (r *resolver) Query() generated.QueryResolver               { return queryResolver{r} }
func (r *resolver) Mutation() generated.MutationResolver         { return mutationResolver{r} }
func (r *resolver) Subscription() generated.SubscriptionResolver { return subscriptionResolver{r} }
func (r *resolver) IngestJob() generated.IngestJobResolver       { return ingestJobResolver{r} }
func (r *resolver) IngestItem() generated.IngestItemResolver     { return ingestItemResolver{r} }
func (r *resolver) Organisation() generated.OrganisationResolver {
	return organisationResolver{recordResolver[*schema.Organisation]{r}}
}
func (r *resolver) Country() generated.CountryResolver {
	return countryResolver{recordResolver[*schema.Country]{r}}
}
func (r *resolver) Person() generated.PersonResolver {
	return personResolver{recordResolver[*schema.Person]{r}}
}
func (r *resolver) Agreement() generated.AgreementResolver {
	return agreementResolver{recordResolver[*schema.Agreement]{r}}
}
func (r *resolver) Topic() generated.TopicResolver {
	return topicResolver{recordResolver[*schema.Topic]{r}}
}
func (r *resolver) Place() generated.PlaceResolver {
	return placeResolver{recordResolver[*schema.Place]{r}}
}
func (r *resolver) Event() generated.EventResolver {
	return eventResolver{recordResolver[*schema.Event]{r}}
}
func (r *resolver) Fact() generated.FactResolver         { return factResolver{r} }
func (r *resolver) Evidence() generated.EvidenceResolver { return evidenceResolver{r} }
func (r *resolver) Document() generated.DocumentResolver { return documentResolver{r} }
func (r *resolver) Mention() generated.MentionResolver   { return mentionResolver{r} }
func (r *resolver) Alias() generated.AliasResolver       { return aliasResolver{r} }
func (r *resolver) Decision() generated.DecisionResolver { return decisionResolver{r} }
func (r *resolver) Subgraph() generated.SubgraphResolver { return subgraphResolver{r} }
func (r *resolver) AgreementConnection() generated.AgreementConnectionResolver {
	return agreementConnectionResolver{r}
}
func (r *resolver) EntityConnection() generated.EntityConnectionResolver {
	return entityConnectionResolver{r}
}
func (r *resolver) PartyEdge() generated.PartyEdgeResolver { return partyEdgeResolver{r} }
