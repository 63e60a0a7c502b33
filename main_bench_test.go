package main

import (
	"os"
	"testing"
)

// BenchmarkCommandLine is what stands between the start of the program and the first thing that it does for a command: the parser is made
// anew for every start, so its making is on the first frame's path.
func BenchmarkCommandLine(b *testing.B) {
	out, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close() // nothing that was written to it is wanted
	a := &app{ctx: b.Context(), in: os.Stdin, out: out, errOut: out}
	b.ReportAllocs()
	for b.Loop() {
		if code, err := a.dispatch([]string{"practice", "--list"}); code != 0 || err != nil {
			b.Fatal(code, err)
		}
	}
}
