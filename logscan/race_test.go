//go:build race

package logscan

// raced: the race detector makes each byte cost ten times as much, and what is counted here is the same with it.
const raced = true
