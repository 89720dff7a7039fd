package main

import (
	"fmt"
	"io"
	"time"
)

// progress is one line on a terminal that tells how far a run is: documents,
// facts, rate, time left. A nil one is silent: there is no terminal.
type progress struct {
	w         io.Writer
	total     int64 // bytes to read; 0 if nobody knows
	done      int64
	documents int
	facts     int
	start     time.Time
	drawn     time.Time
	visible   bool
}

const redraw = 100 * time.Millisecond

// startProgress shows progress from now on, if there is a terminal to show it on.
func (p *program) startProgress(total int64) {
	if p.terminal {
		p.progress = &progress{w: p.stderr, total: total, start: time.Now()}
	}
}

// add counts a document.
func (g *progress) add(bytes int64, facts int) {
	if g == nil {
		return
	}
	g.done, g.documents, g.facts = g.done+bytes, g.documents+1, g.facts+facts
	if now := time.Now(); now.Sub(g.drawn) >= redraw {
		g.drawn, g.visible = now, true
		fmt.Fprintf(g.w, "\r\x1b[K%s", g.line(now.Sub(g.start)))
	}
}

// clear takes the line away, before anything else is written there and at the end.
func (g *progress) clear() {
	if g != nil && g.visible {
		fmt.Fprint(g.w, "\r\x1b[K")
		g.visible = false
	}
}

func (g *progress) line(elapsed time.Duration) string {
	s := counted(g.documents, "document")
	if g.facts > 0 {
		s += ", " + counted(g.facts, "fact")
	}
	if elapsed >= time.Second {
		s += fmt.Sprintf(", %s/s", thousands(int(float64(g.documents)/elapsed.Seconds())))
	}
	if g.done > 0 && g.done < g.total {
		left := time.Duration(float64(elapsed) * float64(g.total-g.done) / float64(g.done))
		s += fmt.Sprintf(", %d%%, %s left", 100*g.done/g.total, left.Round(time.Second))
	}
	return s
}
