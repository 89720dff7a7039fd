package layout

import "math"

// tree is a quadtree over the nodes. Cells lie in one slice, which is used again
// in every iteration.
type tree struct {
	cells []cell
	at    []Point
	mass  []float64
}

// cell is a square with what lies in it: nothing, one node, or four cells.
type cell struct {
	middle   Point
	half     float64 // of its width
	centre   Point   // of mass
	mass     float64
	body     int // the only node in it, or none
	quarters [4]int32
	divided  bool
}

const (
	none      = -1
	mostDepth = 40 // nodes nearer to each other than the width by 2⁴⁰ are taken as one
)

// build makes the tree anew.
func (t *tree) build(at []Point, mass []float64) {
	half := 1.0
	for _, p := range at {
		half = max(half, math.Abs(p.X), math.Abs(p.Y))
	}
	t.at, t.mass, t.cells = at, mass, t.cells[:0]
	t.add(Point{}, mul(half, 1.001))
	for i := range at {
		t.insert(0, i, 0)
	}
}

func (t *tree) add(middle Point, half float64) int32 {
	t.cells = append(t.cells, cell{middle: middle, half: half, body: none, quarters: [4]int32{none, none, none, none}})
	return int32(len(t.cells) - 1)
}

// insert puts node i into a cell, dividing the cell if somebody is there.
func (t *tree) insert(at int32, i, depth int) {
	c := &t.cells[at]
	p, m := t.at[i], t.mass[i]
	whole := c.mass + m
	c.centre = Point{(mul(c.centre.X, c.mass) + mul(p.X, m)) / whole, (mul(c.centre.Y, c.mass) + mul(p.Y, m)) / whole}
	c.mass = whole
	switch {
	case !c.divided && c.body == none:
		c.body = i
		return
	case depth > mostDepth:
		return
	case !c.divided:
		first := c.body
		c.body, c.divided = none, true
		t.insert(t.quarter(at, t.at[first]), first, depth+1)
	}
	t.insert(t.quarter(at, p), i, depth+1)
}

// quarter is the cell within a cell in which a point lies.
func (t *tree) quarter(at int32, p Point) int32 {
	c := t.cells[at]
	k, half := 0, c.half/2
	middle := Point{c.middle.X - half, c.middle.Y - half}
	if p.X >= c.middle.X {
		k, middle.X = k|1, c.middle.X+half
	}
	if p.Y >= c.middle.Y {
		k, middle.Y = k|2, c.middle.Y+half
	}
	if c.quarters[k] == none {
		within := t.add(middle, half) // which may move the cells
		t.cells[at].quarters[k] = within
	}
	return t.cells[at].quarters[k]
}

// push is how the others push node i of mass 1, which stands at p.
func (t *tree) push(i int, p Point) Point { return t.pushOf(0, i, p) }

func (t *tree) pushOf(at int32, i int, p Point) (sum Point) {
	c := &t.cells[at]
	if c.body == i {
		return sum
	}
	dx, dy := p.X-c.centre.X, p.Y-c.centre.Y
	square := mul(dx, dx) + mul(dy, dy)
	if width := mul(2, c.half); !c.divided || mul(width, width) < mul(mul(openness, openness), square) {
		if square > 1e-9 { // who stands in one place pushes nowhere
			f := c.mass / square
			sum = Point{mul(dx, f), mul(dy, f)}
		}
		return sum
	}
	for _, k := range c.quarters {
		if k != none {
			push := t.pushOf(k, i, p)
			sum.X += push.X
			sum.Y += push.Y
		}
	}
	return sum
}
