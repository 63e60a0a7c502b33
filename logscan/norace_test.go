//go:build !race

package logscan

const raced = false
