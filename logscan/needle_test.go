package logscan

import "testing"

// A search looks at one word in every stride: a needle shorter than that would be missed, and one that is not ASCII
// would not be found in UTF-16.
func TestNeedlesAreLongEnoughToBeSeen(t *testing.T) {
	for _, s := range []*search{patchSearch.get(), setupSearch.get()} {
		for _, n := range s.needles {
			if len(n) < minNeedle {
				t.Errorf("%q has %d characters, at least %d are needed", n, len(n), minNeedle)
			}
			for _, c := range []byte(n) {
				if c >= 0x80 {
					t.Errorf("%q is not ASCII", n)
				}
			}
		}
	}
}

// The headers are written out as they are encoded.
func TestHeadersAreThose(t *testing.T) {
	if string(headerNarrow) != header || string(headerLittle) != string(little.encode(header)) {
		t.Errorf("%q, %q", headerNarrow, headerLittle)
	}
}
