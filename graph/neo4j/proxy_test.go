package neo4j_test

import (
	"encoding/binary"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

// proxy stands between a store and its server, and cuts the connection after a
// message of the client. It knows of Bolt how messages are framed and that the
// server sums up its answer to each of them in one.
type proxy struct {
	net.Listener
	server string

	mu   sync.Mutex
	plan cut
	done int  // the last commit, by number
	seen int  // messages of the client since the plan was made, GOODBYE aside
	cuts int  // since then
	last byte // what the last message before the cut asked for
	open []net.Conn
}

// cut is a plan: which message the connection does not survive, and how.
type cut struct {
	at int // the first message is 1; 0 is none
	// point is how far the message comes.
	point cutPoint
	// forever breaks every later connection before its first message.
	forever bool
	// each breaks every later connection, too, at its message of this number.
	each int
	// commits breaks every connection at its commit.
	commits bool
	// meanwhile breaks nothing: it happens before the message is passed on.
	meanwhile func()
	// fails breaks nothing: in place of the message's answer the client is told
	// that there was a deadlock, so many times, the message being the next that runs a statement.
	fails int
}

type cutPoint string

const (
	unsent     cutPoint = "unsent"     // the server does not get it
	unread     cutPoint = "unread"     // the server gets it, and finds nobody there when it answers
	unanswered cutPoint = "unanswered" // the server has answered, and the client does not hear it
)

// The messages that are told apart.
const (
	goodbye = 0x02
	reset   = 0x0F
	run     = 0x10
	commit  = 0x12
)

func newProxy(tb testing.TB, url string) *proxy {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	p := &proxy{Listener: l, server: strings.TrimPrefix(url, "bolt://")}
	tb.Cleanup(func() { l.Close(); p.hangUp() })
	go p.accept()
	return p
}

func (p *proxy) url() string { return "bolt://" + p.Addr().String() }

// set makes a plan, and counts from here.
func (p *proxy) set(c cut) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.plan, p.seen, p.done, p.cuts, p.last = c, 0, 0, 0, 0
}

// result is how many messages were seen and connections cut since the plan was
// made, and what the last message was that was cut off.
func (p *proxy) result() (seen, cuts int, last byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen, p.cuts, p.last
}

// lastCommit is which message was the last COMMIT.
func (p *proxy) lastCommit() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done
}

// verify is what the message asked for at which a plan was carried out.
func (p *proxy) verify(tb testing.TB, c cut) byte {
	tb.Helper()
	_, cuts, last := p.result()
	if cuts == 0 || !c.forever && cuts > 1 {
		tb.Errorf("%+v: %d cuts", c, cuts)
	}
	return last
}

func (p *proxy) hangUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.open {
		c.Close()
	}
	p.open = nil
}

func (p *proxy) accept() {
	for {
		client, err := p.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", p.server)
		if err != nil {
			client.Close()
			continue
		}
		p.mu.Lock()
		p.open = append(p.open, client, server)
		w := &wire{proxy: p, client: client, server: server, later: p.cuts > 0, withheld: -1}
		p.mu.Unlock()
		go w.run()
	}
}

// wire is one connection through the proxy.
type wire struct {
	*proxy
	client, server net.Conn
	later          bool // it was made after a cut
	sent           int  // messages of the client
	answered       int  // of these, by the server
	withheld       int  // the message whose answer is not passed on; -1 is none
	failed         int  // the message that is told to have failed; 0 is none
	reset          int  // the message after it that begins anew; 0 is none so far
}

func (w *wire) run() {
	defer w.client.Close()
	defer w.server.Close()
	if w.handshake() != nil {
		return
	}
	go func() {
		defer w.client.Close()
		defer w.server.Close()
		w.pump(w.server, w.client, w.fromServer)
	}()
	w.pump(w.client, w.server, w.fromClient)
}

// handshake passes on the versions that the client proposes, but for the first:
// that would begin a longer conversation.
func (w *wire) handshake() error {
	proposal, choice := make([]byte, 20), make([]byte, 4)
	if _, err := io.ReadFull(w.client, proposal); err != nil {
		return err
	}
	clear(proposal[4:8])
	if _, err := w.server.Write(proposal); err != nil {
		return err
	}
	if _, err := io.ReadFull(w.server, choice); err != nil {
		return err
	}
	_, err := w.client.Write(choice)
	return err
}

// verdict is what becomes of a message.
type verdict struct {
	pass    bool
	instead []byte // is passed on in its place
	cut     bool
}

func (w *wire) pump(from, to net.Conn, judge func(tag byte) verdict) {
	for {
		raw, tag, err := readMessage(from)
		if err != nil {
			return
		}
		v := judge(tag)
		if v.instead != nil {
			raw = v.instead
		}
		if v.pass || v.instead != nil {
			if _, err := to.Write(raw); err != nil {
				return
			}
		}
		if v.cut {
			return
		}
	}
}

// readMessage reads chunks up to the empty one that ends a message, and the byte
// that says what it is: the second, after the number of its fields.
func readMessage(r io.Reader) (raw []byte, tag byte, err error) {
	var head [2]byte
	at := 0
	for {
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return nil, 0, err
		}
		raw = append(raw, head[:]...)
		n := int(binary.BigEndian.Uint16(head[:]))
		if n == 0 {
			return raw, tag, nil // an empty message keeps a connection alive
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(r, body); err != nil {
			return nil, 0, err
		}
		raw = append(raw, body...)
		if at < 2 && at+n >= 2 {
			tag = body[1-at]
		}
		at += n
	}
}

func (w *wire) fromClient(tag byte) verdict {
	w.mu.Lock()
	defer w.mu.Unlock()
	if tag == goodbye {
		return verdict{pass: true}
	}
	w.seen++
	w.sent++
	switch {
	case tag == commit:
		w.done = w.seen
	case tag == reset && w.failed > 0 && w.reset == 0:
		w.reset = w.sent
	}
	if w.plan.meanwhile != nil {
		if w.seen == w.plan.at {
			w.cuts++
			w.mu.Unlock()
			w.plan.meanwhile()
			w.mu.Lock()
		}
		return verdict{pass: true}
	}
	if w.plan.fails > 0 {
		if tag == run && w.seen >= w.plan.at && w.failed == 0 {
			w.failed = w.sent
			w.plan.fails--
			w.cuts++
		}
		return verdict{pass: true}
	}
	doomed := w.plan.at > 0 && (w.seen == w.plan.at || w.later && w.plan.forever || w.later && w.sent == w.plan.each || w.plan.commits && tag == commit)
	if !doomed {
		return verdict{pass: true}
	}
	if !w.later {
		w.last = tag
	}
	switch {
	case w.plan.point == unanswered && !(w.later && w.plan.forever):
		w.withheld = w.sent
		return verdict{pass: true}
	case w.plan.point == unread:
		w.cuts++
		return verdict{pass: true, cut: true}
	}
	w.cuts++
	return verdict{cut: true}
}

// The messages by which a server sums up: SUCCESS, IGNORED and FAILURE.
const (
	success = 0x70
	ignored = 0x7E
	failure = 0x7F
)

func (w *wire) fromServer(tag byte) verdict {
	w.mu.Lock()
	defer w.mu.Unlock()
	if tag == success || tag == ignored || tag == failure {
		w.answered++
	}
	if w.failed > 0 && w.answered >= w.failed {
		return w.fail(tag)
	}
	if w.withheld < 0 || w.answered < w.withheld {
		return verdict{pass: true}
	}
	w.cuts++
	return verdict{cut: true}
}

// fail gives a deadlock for the answer of the message that is to fail, and to
// those after it, up to RESET, that they were ignored.
func (w *wire) fail(tag byte) verdict {
	switch summary := tag == success || tag == ignored || tag == failure; {
	case w.reset > 0 && w.answered >= w.reset:
		w.failed, w.reset = 0, 0
		return verdict{pass: true}
	case !summary:
		return verdict{}
	case w.answered == w.failed:
		return verdict{instead: message(failure, map[string]string{"code": deadlock, "neo4j_code": deadlock, "message": "somebody else holds a lock"})}
	}
	return verdict{instead: message(ignored, nil)}
}

const deadlock = "Neo.TransientError.Transaction.DeadlockDetected"

// message is a message with one map, or none, of short texts.
func message(tag byte, fields map[string]string) []byte {
	body := []byte{0xB0, tag}
	if fields != nil {
		body = []byte{0xB1, tag, 0xA0 | byte(len(fields))}
		for key, text := range fields {
			for _, s := range []string{key, text} {
				body = append(append(body, 0xD0, byte(len(s))), s...)
			}
		}
	}
	return append(append(binary.BigEndian.AppendUint16(nil, uint16(len(body))), body...), 0, 0)
}
