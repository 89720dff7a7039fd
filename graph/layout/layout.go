// Package layout places the nodes of a picture in the plane: ForceAtlas2 (Jacomy,
// Venturini, Heymann and Bastian, PLoS ONE 9(6), 2014) with the repulsion of far
// nodes taken together (Barnes and Hut, Nature 324, 1986).
//
// The same graph gets the same places on every machine. Go may fuse a product and
// a sum into one operation that rounds once, and does so on some processors only;
// an explicit conversion forbids it, and so every product here goes through [mul].
// Of package math only Sqrt is used, which IEEE 754 defines to the last bit.
package layout

import (
	"context"
	"math"
)

// Point is a place in the plane. The picture's middle is about (0, 0); two nodes
// that are joined to each other and nothing else come to stand six units apart.
type Point struct{ X, Y float64 }

// Graph is what is to be placed: nodes by number, from 0, and pairs of nodes that
// are joined, each pair once.
type Graph struct {
	Nodes  int
	Edges  [][2]int
	Pinned map[int]Point // nodes that stand where they are
}

const (
	iterations = 300
	repulsion  = 10   // between two nodes of mass 1 at distance 1
	gravity    = 0.05 // towards the middle, so that what is not joined does not drift off
	openness   = 1.0  // a cell is taken as one body if its width is less than so many times its distance
	patience   = 0.05 // how much nodes may swing, by the square root of their number
)

// Place finds the places, to the hundredth. It takes about 0.15 s for 500 nodes,
// and ends early only with its context.
func Place(ctx context.Context, g Graph) ([]Point, error) {
	b := begin(g)
	for range iterations {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b.forces()
		b.move()
	}
	for i, p := range b.at {
		if !b.pinned[i] {
			b.at[i] = Point{hundredth(p.X), hundredth(p.Y)}
		}
	}
	return b.at, nil
}

func hundredth(x float64) float64 { return math.Round(float64(x*100)) / 100 }

// mul is a product that is rounded before anything is added to it.
func mul(x, y float64) float64 { return float64(x * y) }

func length(x, y float64) float64 { return math.Sqrt(mul(x, x) + mul(y, y)) }

// bodies are the nodes on their way.
type bodies struct {
	edges         [][2]int
	at            []Point
	pinned        []bool
	mass          []float64 // 1 and the number of edges
	force, before []Point   // in this iteration and in the last one
	tree          tree
	speed         float64
	efficiency    float64 // how much of the speed swinging leaves
}

// begin puts the nodes on a spiral, evenly spread, and those that are joined to a
// pinned one beside it.
func begin(g Graph) *bodies {
	n := g.Nodes
	b := &bodies{edges: g.Edges, at: make([]Point, n), pinned: make([]bool, n), mass: make([]float64, n),
		force: make([]Point, n), before: make([]Point, n), speed: 1, efficiency: 1}
	spiral := spiral(n)
	copy(b.at, spiral)
	for i := range b.mass {
		b.mass[i] = 1
	}
	for i, p := range g.Pinned {
		b.at[i], b.pinned[i] = p, true
	}
	for _, e := range g.Edges {
		b.mass[e[0]]++
		b.mass[e[1]]++
		for _, pair := range [][2]int{{e[0], e[1]}, {e[1], e[0]}} {
			if beside, here := g.Pinned[pair[0]]; here && !b.pinned[pair[1]] {
				b.at[pair[1]] = Point{beside.X + spiral[pair[1]].X/10, beside.Y + spiral[pair[1]].Y/10}
			}
		}
	}
	return b
}

// spiral are n points in a disc of radius 100, each turned by the golden angle
// from the one before.
func spiral(n int) []Point {
	const cos, sin = -0.7373688780783197, 0.6754902942615238 // of 2π/φ²
	points := make([]Point, n)
	x, y := 1.0, 0.0
	for i := range points {
		r := mul(100, math.Sqrt(float64(i)/float64(n)))
		points[i] = Point{mul(r, x), mul(r, y)}
		x, y = mul(x, cos)-mul(y, sin), mul(x, sin)+mul(y, cos)
	}
	return points
}

// forces adds up what pulls and pushes each node.
func (b *bodies) forces() {
	b.tree.build(b.at, b.mass)
	for i, p := range b.at {
		push := b.tree.push(i, p)
		m := b.mass[i]
		b.force[i] = Point{mul(mul(repulsion, m), push.X) - mul(mul(gravity, m), p.X), mul(mul(repulsion, m), push.Y) - mul(mul(gravity, m), p.Y)}
	}
	for _, e := range b.edges {
		dx, dy := b.at[e[0]].X-b.at[e[1]].X, b.at[e[0]].Y-b.at[e[1]].Y
		b.force[e[0]].X -= dx
		b.force[e[0]].Y -= dy
		b.force[e[1]].X += dx
		b.force[e[1]].Y += dy
	}
}

// move lets each node go where it is pulled, the slower the more it swings.
func (b *bodies) move() {
	b.hasten()
	for i := range b.at {
		f, was := b.force[i], b.before[i]
		swing := mul(b.mass[i], length(f.X-was.X, f.Y-was.Y))
		step := b.speed / (1 + math.Sqrt(mul(b.speed, swing)))
		if !b.pinned[i] {
			b.at[i].X += mul(f.X, step)
			b.at[i].Y += mul(f.Y, step)
		}
		b.before[i] = f
	}
}

// hasten sets the speed of all: as high as they can bear that swing and are
// dragged on, growing by a half at most. The constants are the paper's.
func (b *bodies) hasten() {
	var swing, traction float64
	for i, f := range b.force {
		if was := b.before[i]; !b.pinned[i] {
			swing += mul(b.mass[i], length(f.X-was.X, f.Y-was.Y))
			traction += mul(b.mass[i], length(f.X+was.X, f.Y+was.Y)) / 2
		}
	}
	if swing == 0 {
		return // nothing moves, or all of it in a straight line
	}
	n := float64(len(b.at))
	least := mul(patience, math.Sqrt(n))
	tolerance := max(math.Sqrt(least), min(10, mul(least, traction)/mul(n, n)))
	if swing > mul(2, traction) {
		if b.efficiency > 0.05 {
			b.efficiency = mul(b.efficiency, 0.5)
		}
		tolerance = max(tolerance, 1)
	}
	target := mul(mul(tolerance, b.efficiency), traction) / swing
	switch {
	case swing > mul(tolerance, traction):
		if b.efficiency > 0.05 {
			b.efficiency = mul(b.efficiency, 0.7)
		}
	case b.speed < 1000:
		b.efficiency = mul(b.efficiency, 1.3)
	}
	b.speed += min(target-b.speed, mul(0.5, b.speed))
}
