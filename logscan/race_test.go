//go:build race

package logscan

// raced: the race detector makes each byte cost ten times as much, and what is counted here is the same with it. It
// gets shorter logs, and .ci/run scans those of full length without it.
const raced = true
