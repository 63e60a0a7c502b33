//go:build race

package walktest

// Raced reports whether the race detector watches, which makes each row take five times as long.
const Raced = true
