package logscan

import "io"

// Detect tells a log's encoding from its first bytes, as a scan of it will.
func Detect(r io.ReaderAt, size int64) (Encoding, error) {
	head, err := readHead(r, size)
	if err != nil {
		return UTF8, err
	}
	return encodingOf(head, detect(head)), nil
}
