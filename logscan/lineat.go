package logscan

import (
	"context"
	"io"
)

var noSearch = lazy[*search]{make: func() *search { return newSearch() }}

// LineAt counts the lines before the one that begins at offset, and returns that one's number as [ScanPatch] and
// [ScanSetup] count. It reads the log from its start up to there. It fails as they do, and with the context's error.
func LineAt(ctx context.Context, r io.ReaderAt, size, offset int64) (int64, error) {
	s := newScanner(r, size, noSearch.get(), nil)
	s.end = min(max(offset, 0), size)
	if err := s.begin(nil); err != nil {
		return 0, err
	}
	if err := s.run(ctx); err != nil {
		return 0, err
	}
	if s.total.start != s.end {
		return s.total.breaks + 2, nil // a change of encoding begins a line too, in the midst of another
	}
	return s.total.breaks + 1, nil
}
