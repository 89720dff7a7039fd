package explorer_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/graph/sqlite"
	"github.com/entente-kg/entente/ingest"
	"github.com/entente-kg/entente/ingest/sample"
	"github.com/entente-kg/entente/server"
)

// patience is how long a journey waits for what it expects. The machine may be
// busy with other tests; what is slow is measured elsewhere.
const patience = 90 * time.Second

var newExtractor = sync.OnceValues(ingest.NewExtractor)

func extractor(t testing.TB) *ingest.Extractor {
	t.Helper()
	x, err := newExtractor()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// notice brings people into the graph whom the sample does not know.
const notice = `On 26 September 2019, SCO Secretary-General Vladimir Norov met with ASEAN Secretary-General Lim Jock Hoi in New York. In 2005, the SCO and ASEAN
Secretariats signed a memorandum of understanding. The memorandum covers terrorism, drug trafficking, arms smuggling and tourism.`

func openSQLite(t testing.TB) graph.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{Vocabulary: extractor(t).Vocabulary()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// fill reads the sample and the notice.
func fill(t testing.TB, store graph.Store) {
	t.Helper()
	inputs := func(yield func(ingest.Input, error) bool) {
		for in, err := range ingest.Read(t.Context(), []string{"-"}, ingest.Options{Format: ingest.JSONLines, Stdin: bytes.NewReader(sample.JSONL)}) {
			if !yield(in, err) {
				return
			}
		}
		yield(ingest.Input{Source: "notice", Title: "Two Secretaries-General meet", Published: "2019-09-27", Text: notice, Size: int64(len(notice))}, nil)
	}
	if _, err := ingest.Run(t.Context(), store, extractor(t), inputs, nil); err != nil {
		t.Fatal(err)
	}
}

// visit opens a browser and, for it, a server over the sample and the notice.
func visit(t testing.TB, opts server.Options) (*tab, *site) {
	t.Helper()
	b := browse(t)
	store := openSQLite(t)
	fill(t, store)
	return b, serve(t, store, opts)
}

// site is a server that listens, can die, and can come back at its address.
type site struct {
	t      testing.TB
	store  graph.Store
	opts   server.Options
	addr   string
	server *http.Server
	ended  chan struct{}
	rest   context.CancelFunc
}

func serve(t testing.TB, store graph.Store, opts server.Options) *site {
	t.Helper()
	opts.Log = slog.New(slog.DiscardHandler)
	s := &site{t: t, store: store, opts: opts, addr: "127.0.0.1:0"}
	s.start()
	t.Cleanup(s.stop)
	return s
}

func (s *site) start() {
	s.t.Helper()
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	s.addr = listener.Addr().String()
	h := server.New(s.store, extractor(s.t), s.opts)
	s.server, s.ended = h.HTTP(s.addr), make(chan struct{})
	ctx, cancel := context.WithCancel(context.Background())
	s.rest = cancel
	go func(web *http.Server, ended chan struct{}) {
		defer close(ended)
		var work sync.WaitGroup
		work.Go(func() { h.Work(ctx) })
		_ = web.Serve(listener) // until it is closed
		work.Wait()
	}(s.server, s.ended)
}

func (s *site) stop() {
	s.rest()
	_ = s.server.Close()
	<-s.ended
}

func (s *site) url() string { return "http://" + s.addr + "/" }

type action = chromedp.Action[chromedp.Void]

// tab is a browser's tab that a test works with.
type tab struct {
	testing.TB
	context.Context
	mu     sync.Mutex
	faults []string
}

// browse opens a browser, or skips the test where there is none.
func browse(t testing.TB) *tab {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "headless-shell"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("ENTENTE_REQUIRE_BROWSER") != "" {
			t.Fatal("no browser: install Debian's chromium")
		}
		t.Skip("no browser: install Debian's chromium to run this")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true), chromedp.WindowSize(1440, 900),
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	b := &tab{TB: t, Context: ctx}
	t.Cleanup(func() {
		cancel()
		stop()
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, f := range b.faults {
			t.Errorf("the page complains: %s", f)
		}
	})
	if err := chromedp.Do(ctx, b.screen(1440, 900)); err != nil { // the browser lives as long as the context of what comes first
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	return b
}

// listen keeps what the page complains of.
func (b *tab) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.fault(fmt.Sprint(e.ExceptionDetails.Text, " ", e.ExceptionDetails.Exception.Description))
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			for _, a := range e.Args {
				b.fault(a.Description + string(a.Value))
			}
		}
	}
}

func (b *tab) fault(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults = append(b.faults, text)
}

// screens are those on which every state of the page is looked at.
var screens = []struct {
	name          string
	width, height int64
	dark          bool
}{{"large", 1440, 900, false}, {"large-dark", 1440, 900, true}, {"small", 390, 844, false}, {"small-dark", 390, 844, true}}

func (b *tab) screen(width, height int64) action {
	return chromedp.EmulateViewport(width, height)
}

// run does what a person does; it waits for elements for as long as patience lasts.
func (b *tab) run(actions ...action) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.picture("failed")
		b.Fatalf("%v", err)
	}
}

// open goes to an address and waits until the page is drawn.
func (b *tab) open(url string) {
	b.Helper()
	b.run(chromedp.Navigate("about:blank"), chromedp.Navigate(url), chromedp.WaitVisible(chromedp.CSS(".frame, .locked")))
}

// value evaluates JavaScript.
func value[T any](b *tab, script string) (v T) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.Context, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%v\n%s", err, script)
	}
	return v
}

// until waits for a condition, given in JavaScript.
func (b *tab) until(what, condition string) {
	b.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(40 * time.Millisecond) {
		if value[bool](b, "!!("+condition+")") {
			return
		}
	}
	b.picture("failed")
	b.Fatalf("waited in vain: %s\n%s", what, value[string](b, "document.body.innerText.slice(0, 3000)"))
}

// says waits until an element shows a text.
func (b *tab) says(selector, text string) {
	b.Helper()
	b.until(selector+" says "+text, fmt.Sprintf("[...document.querySelectorAll(%q)].some(e => e.innerText.replace(/\\s+/g, ' ').includes(%q))", selector, text))
}

// click clicks on the first element of a selector that shows a text.
func (b *tab) click(selector, text string) {
	b.Helper()
	find := fmt.Sprintf("[...document.querySelectorAll(%q)].find(e => !e.disabled && e.getClientRects().length && (e.innerText + ' ' + (e.ariaLabel ?? '')).replace(/\\s+/g, ' ').includes(%q))", selector, text)
	b.until(selector+" with "+text, find)
	at := value[[]float64](b, fmt.Sprintf("{const e = %s; e.scrollIntoView({block: 'nearest'}); const r = e.getClientRects()[0]; [r.x + r.width / 2, r.y + r.height / 2]}", find))
	b.run(chromedp.MouseClickXY(at[0], at[1]))
}

// type writes into a field.
func (b *tab) typed(selector, text string) {
	b.Helper()
	b.run(chromedp.Click(chromedp.CSS(selector)), chromedp.SendKeys(chromedp.CSS(selector), text))
}

// keys presses keys wherever the focus is.
func (b *tab) keys(keys ...string) {
	b.Helper()
	for _, k := range keys {
		b.run(chromedp.KeyEvent(k))
	}
}

func (b *tab) control(key string) {
	b.Helper()
	b.run(chromedp.KeyEvent(key, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
}

// shots is where pictures of the page go, if anywhere.
var shots = os.Getenv("ENTENTE_SHOTS")

func (b *tab) picture(name string) {
	b.Helper()
	if shots == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.Context, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.Logf("no picture %s: %v", name, err)
		return
	}
	if err := os.WriteFile(filepath.Join(shots, strings.ReplaceAll(b.Name(), "/", "-")+"-"+name+".png"), png, 0o644); err != nil {
		b.Log(err)
	}
}

func dark(on bool) action {
	scheme := "light"
	if on {
		scheme = "dark"
	}
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	})
}
