//go:build race

package server_test

// slowdown is how much more the race detector makes everything cost
// (https://go.dev/doc/articles/race_detector, "Runtime Overhead": 2 to 20 times
// the time, 5 to 10 times the memory).
const slowdown = 20
