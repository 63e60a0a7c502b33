// Command read reads a file in pieces of 256 KiB and does nothing with them: the least that any search has to do.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := read(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	piece := make([]byte, 256<<10)
	for err == nil {
		_, err = f.Read(piece)
	}
	if err == io.EOF {
		err = nil
	}
	return errors.Join(err, f.Close())
}
