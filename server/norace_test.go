//go:build !race

package server_test

// slowdown is 1 without the race detector: limits hold as written.
const slowdown = 1
