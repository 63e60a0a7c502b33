package ui

import (
	"bytes"
	"io"
	"runtime"
)

// Text is where lines of text are written to, with the system's own line ends: what is redirected into a file there is
// read by the programs of that system, and looks like the text files that marsfix makes.
func Text(w io.Writer) io.Writer {
	if runtime.GOOS != "windows" {
		return w
	}
	return crlf{w}
}

// crlf ends lines as Windows does.
type crlf struct{ w io.Writer }

// Write tells of the bytes of p, not of those that were put between them.
func (c crlf) Write(p []byte) (int, error) {
	lines := bytes.ReplaceAll(bytes.ReplaceAll(p, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
	n, err := c.w.Write(lines)
	if n == len(lines) {
		return len(p), err
	}
	return min(n, len(p)), err
}
