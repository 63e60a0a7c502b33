package logscan

import "io"

// Detect tells a log's encoding from its first bytes, as a scan of it will.
func Detect(r io.ReaderAt, size int64) (Encoding, error) {
	_, e, err := beginning(r, size)
	return e, err
}
