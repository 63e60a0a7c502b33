package logscan

import (
	"bytes"
	"context"
	"slices"
	"unicode/utf16"
)

// findSize is how much is searched between two looks at the context.
const findSize = 256 << 10

// pattern is a searched text as one of the encodings writes it.
type pattern struct {
	bytes []byte
	mode  mode
	rare  int // index of the byte that a log has least of, as its first piece tells; -1: not asked yet
}

// finder searches a log for a text in all encodings that it may have.
type finder struct {
	p        *Pager
	window   *window
	patterns []pattern
	buf      []byte
}

// patterns writes text in every encoding.
func (p *Pager) patterns(text string) []pattern {
	list := []pattern{{[]byte(text), narrow, -1}}
	if ansi, ok := encodeANSI(text); ok && string(ansi) != text {
		list = append(list, pattern{ansi, narrow, -1})
	}
	for _, m := range []mode{little, bigEnd} {
		var b []byte
		for _, u := range utf16.Encode([]rune(text)) {
			if m.big {
				b = append(b, byte(u>>8), byte(u))
			} else {
				b = append(b, byte(u), byte(u>>8))
			}
		}
		list = append(list, pattern{b, m, -1})
	}
	return list
}

// encodeANSI writes text in Windows-1252; ok is false where that has no such character.
func encodeANSI(text string) (b []byte, ok bool) {
	for _, r := range text {
		c := slices.Index(windows1252[:], r)
		switch {
		case r < 0x80 || r >= 0xA0 && r <= 0xFF:
			b = append(b, byte(r))
		case c >= 0 && r != '\uFFFD':
			b = append(b, byte(0x80+c))
		default:
			return nil, false
		}
	}
	return b, true
}

func (f *finder) longest() (n int) {
	for _, p := range f.patterns {
		n = max(n, len(p.bytes))
	}
	return n
}

// forward returns the offset of the first match that begins at from or behind, or -1.
func (f *finder) forward(ctx context.Context, from int64) (int64, error) {
	for ; from < f.p.size; from += findSize {
		at, err := f.piece(ctx, from, min(from+findSize, f.p.size), false)
		if err != nil || at >= 0 {
			return at, err
		}
	}
	return -1, nil
}

// back returns the offset of the last match that begins before to, or -1.
func (f *finder) back(ctx context.Context, to int64) (int64, error) {
	for ; to > 0; to -= findSize {
		at, err := f.piece(ctx, max(0, to-findSize), to, true)
		if err != nil || at >= 0 {
			return at, err
		}
	}
	return -1, nil
}

// piece returns the first or last match that begins from from on and before to.
func (f *finder) piece(ctx context.Context, from, to int64, last bool) (int64, error) {
	best := int64(-1)
	err := f.places(ctx, from, to, func(at int64, m mode) (more bool, err error) {
		if best >= 0 && last == (at < best) {
			return last, nil // another encoding's match is better
		}
		ok, err := f.readAs(at, m)
		if ok {
			best = at
		}
		return last || !ok, err
	})
	if err != nil {
		return -1, err
	}
	return best, nil
}

// lines calls g with each line that holds a match which begins from the offset from on and before to; those of which
// known says that they are told already are passed over, since the line of each has to be looked for.
func (f *finder) lines(ctx context.Context, from, to int64, known func(at int64, m mode) bool, g func(Line)) error {
	var found []int64
	end := int64(0) // of the line before: its other matches are passed over
	for ; from < to; from += pageSize {
		found = found[:0]
		if err := f.places(ctx, from, min(from+pageSize, to), func(at int64, m mode) (bool, error) {
			if known(at, m) {
				return true, nil
			}
			ok, err := f.readAs(at, m)
			if ok {
				found = append(found, at)
			}
			return true, err
		}); err != nil {
			return err
		}
		slices.Sort(found)
		for _, at := range found {
			if at < end {
				continue
			}
			s, err := f.p.span(f.window, at)
			if err != nil {
				return err
			}
			g(f.p.whole(f.window, s))
			end = s.end
		}
	}
	return nil
}

// places calls g with the offsets, from from on and before to, where the text begins as an encoding writes it, whether
// or not the log is read so there. Where g returns false the next encoding follows.
func (f *finder) places(ctx context.Context, from, to int64, g func(at int64, m mode) (bool, error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if need := int(min(f.p.size, to+int64(f.longest())) - from); need <= cap(f.buf) {
		f.buf = f.buf[:need]
	} else {
		f.buf = make([]byte, need)
	}
	if err := readFull(f.p.r, f.buf, from); err != nil {
		return err
	}
	var failed error
	zeros := bytes.IndexByte(f.buf, 0) >= 0
	for i := range f.patterns {
		p := &f.patterns[i]
		if !zeros && bytes.IndexByte(p.bytes, 0) >= 0 {
			continue // it is not there: most logs have no pairs
		}
		if p.rare < 0 {
			p.rare = rarest(p.bytes, f.buf[:min(len(f.buf), 16<<10)])
		}
		eachFold(f.buf, int(to-from), p.bytes, p.rare, func(i int) (more bool) {
			more, failed = g(from+int64(i), p.mode)
			return more && failed == nil
		})
		if failed != nil {
			break
		}
	}
	return failed
}

// readAs reports whether the log is read in mode m at offset, a unit beginning there.
func (f *finder) readAs(offset int64, m mode) (bool, error) {
	if err := f.p.load(f.window, offset); err != nil {
		return false, err
	}
	is := f.window.mode(int(offset - f.window.chunk.base))
	return is.wide == m.wide && is.big == m.big && is.starts(offset), nil
}

// eachFold calls g with every place in buf[:hi] where text begins, without case for ASCII letters, until g returns
// false. It looks for the k-th byte of text.
func eachFold(buf []byte, hi int, text []byte, k int, g func(int) bool) {
	lower, upper := text[k], text[k]
	if isLetter(lower) {
		lower, upper = lower|0x20, lower&^0x20
	}
	end := min(len(buf), hi+k)
	next := func(c byte, from int) int {
		if from < end {
			if i := bytes.IndexByte(buf[from:end], c); i >= 0 {
				return from + i
			}
		}
		return end
	}
	a, b := next(lower, k), end
	if upper != lower {
		b = next(upper, k)
	}
	for a < end || b < end {
		i := min(a, b)
		if at := i - k; at+len(text) <= len(buf) && foldMatch(buf[at:], text) && !g(at) {
			return
		}
		if i == a {
			a = next(lower, i+1)
		} else {
			b = next(upper, i+1)
		}
	}
}

// rarest is the index of the byte of text that the sample has least of; never a zero unless there is nothing else.
func rarest(text, sample []byte) int {
	var count [256]int
	for _, c := range sample {
		if isLetter(c) {
			c |= 0x20
		}
		count[c]++
	}
	count[0] += len(sample)
	best := 0
	weight := func(i int) int {
		if isLetter(text[i]) {
			return count[text[i]|0x20]
		}
		return count[text[i]]
	}
	for i := range text {
		if weight(i) < weight(best) {
			best = i
		}
	}
	return best
}

func foldMatch(b, text []byte) bool {
	for i, c := range text {
		if b[i] != c && (b[i]|0x20 != c|0x20 || !isLetter(c)) {
			return false
		}
	}
	return true
}
