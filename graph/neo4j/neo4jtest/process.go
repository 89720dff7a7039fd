package neo4jtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

const (
	// startPatience is some twenty times what a start takes on an idle machine.
	startPatience = 2 * time.Minute
	stopPatience  = 30 * time.Second
)

// keeper runs a command (from $2 on) as long as its standard input stays open. That is the only tie which holds in
// every death of the test process: defers and TestMain miss the panic of -timeout and kill -9, and Linux's Pdeathsig is
// bound to a thread. Lines on standard input are signals for the command. At the end of input nobody is left who could
// want the data, so the surest signal is right. $1 is a directory to remove afterwards, or empty.
//
// The shell outlives the ^C which reaches the whole process group, because it has yet to clean up.
const keeper = `
trap '' HUP INT QUIT
exec 3<&0
dir=$1 && shift
"$@" </dev/null 3<&- & pid=$!
(while read -r signal; do kill -s "$signal" $pid; done; kill -s KILL $pid) <&3 2>/dev/null &
wait $pid; code=$?
[ -z "$dir" ] || rm -rf "$dir"
exit $code`

// A process is a running server under its keeper.
type process struct {
	url    string
	stdin  io.WriteCloser
	log    *os.File      // what the server printed
	exited chan struct{} // closed when the server is gone and its directory, if it was throwaway, removed
	err    error         // how it exited; to be read after exited is closed
}

type launchOptions struct {
	throwaway bool     // remove the directory when the server is gone
	jvm       []string // more flags for java
	settings  []string // more settings, KEY=VALUE
}

var errPortTaken = errors.New("port taken")

// launch starts a server over dir and returns when it answers.
func (in install) launch(dir string, o launchOptions) (*process, error) {
	for attempt := 1; ; attempt++ {
		p, err := in.try(dir, o)
		// Between the choice of a port and its use, a JVM's start later, another process may have taken it.
		if !errors.Is(err, errPortTaken) || attempt == 3 {
			return p, err
		}
	}
}

func (in install) try(dir string, o launchOptions) (*process, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	log, err := os.OpenFile(filepath.Join(dir, "console.log"), os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	p := &process{url: "bolt://" + address, log: log, exited: make(chan struct{})}
	remove := ""
	if o.throwaway {
		remove = dir
	}
	if err := p.run(remove, in.command(dir, address, o)); err != nil {
		return nil, err
	}
	if err := p.ready(); err != nil {
		return nil, err
	}
	return p, nil
}

// freeAddress returns a loopback address that is free at this moment. Neo4j would bind port 0, but then tells everyone
// that its port is 0.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// run starts command under the keeper.
func (p *process) run(remove string, command []string) error {
	cmd := exec.Command("sh", append([]string{"-c", keeper, "sh", remove}, command...)...)
	cmd.Stdout, cmd.Stderr = p.log, p.log // a file, not a pipe that would keep Wait and go test waiting
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	p.stdin = stdin
	go func() {
		p.err = cmd.Wait()
		close(p.exited)
	}()
	return nil
}

// ready returns when the server answers, or with an error when it has exited or takes too long.
func (p *process) ready() error {
	ctx, cancel := context.WithTimeout(context.Background(), startPatience)
	defer cancel()
	driver, err := neo4j.NewDriverWithContext(p.url, neo4j.NoAuth())
	if err != nil {
		return errors.Join(err, p.end("KILL"))
	}
	defer driver.Close(ctx)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-p.exited:
			return p.alive()
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("the server is not ready after %v\n%s", startPatience, p.tail()), p.end("KILL"))
		case <-tick.C:
			// Its own word first: were the port taken, a stranger might answer.
			if strings.Contains(p.tail(), "INFO  Started.") && driver.VerifyConnectivity(ctx) == nil {
				return nil
			}
		}
	}
}

// alive returns an error with the end of the log if the server has exited.
func (p *process) alive() error {
	select {
	case <-p.exited:
	default:
		return nil
	}
	tail := p.tail()
	if strings.Contains(tail, "Address already in use") {
		return fmt.Errorf("%w: %s", errPortTaken, p.url)
	}
	return fmt.Errorf("the server has exited (%v)\n%s", p.err, tail)
}

// tail returns the end of what the server printed. The open file can be read even when its directory is gone.
func (p *process) tail() string {
	info, err := p.log.Stat()
	if err != nil {
		return err.Error()
	}
	const most = 4 << 10
	from := max(0, info.Size()-most)
	b, err := io.ReadAll(io.NewSectionReader(p.log, from, most))
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// end sends the signal, unless the server has exited, and waits until it has.
func (p *process) end(signal string) error {
	fmt.Fprintln(p.stdin, signal) // fails only when nobody is left to hear it
	select {
	case <-p.exited:
		return nil
	case <-time.After(stopPatience):
	}
	p.stdin.Close() // the keeper then kills
	return fmt.Errorf("the server did not end within %v of SIG%s\n%s", stopPatience, signal, p.tail())
}

// command is the command line of a server over dir; no configuration file is needed.
func (in install) command(dir, address string, o launchOptions) []string {
	memory, pageCache, replan := []string{"-Xms128m", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"}, "64m", "1h"
	if os.Getenv(envBench) == "1" {
		memory, pageCache, replan = []string{"-Xms512m", "-Xmx2g"}, "1g", "10s"
	}
	command := append([]string{in.java}, memory...)
	if exists(in.archive) {
		command = append(command, "-XX:SharedArchiveFile="+in.archive)
	}
	command = append(command, o.jvm...)
	command = append(command, "-XX:+ExitOnOutOfMemoryError",
		// Without these three the page cache takes a slower way.
		"--add-opens=java.base/java.nio=ALL-UNNAMED",
		"--add-opens=java.base/java.io=ALL-UNNAMED",
		"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
		"-cp", filepath.Join(in.lib, "*"), "org.neo4j.server.CommunityEntryPoint",
		"--home-dir="+dir, "--console-mode")
	for _, setting := range append([]string{
		"server.bolt.listen_address=" + address,
		"server.bolt.advertised_address=" + address,
		"server.http.enabled=false",
		"server.https.enabled=false",
		"dbms.security.auth_enabled=false",
		"dbms.usage_report.enabled=false",
		"server.memory.pagecache.size=" + pageCache,
		"dbms.cypher.min_replan_interval=" + replan,              // else each database that is emptied and filled has all statements planned anew
		"db.tx_log.preallocate=false",                            // 2 MB on disk, not 517 MB
		"internal.server.bolt.thread_pool_shutdown_wait_time=0s", // stops at once, not after 10 s
	}, o.settings...) {
		command = append(command, "-c", setting)
	}
	return command
}
