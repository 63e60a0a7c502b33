package logscan

import (
	"bytes"
	"cmp"
	"slices"
)

// pageSize is the span in which a line's ends are looked for. A line that fills a whole page of the log, without an end
// in it, ends with the page for whoever looks at it: so looking costs the same in every log.
const pageSize = LongestLine

// LongestLine is the bytes of a line, its end included, that a Pager shows in one piece.
const LongestLine = 64 << 10

// window is a page of a log in memory with its neighbours, and where lines begin in it.
type window struct {
	page    int64 // its number; -1: nothing yet
	chunk   chunk
	regions []turn // the first begins with the window
	starts  []int  // ascending; the log's own start among them
}

func newWindow() *window { return &window{page: -1} }

// span is a line, or a piece of a very long one.
type span struct {
	start, end int64
	text       int64 // offset of its first byte that is not NUL
	mode       mode
	ended      bool // it ends where the line does
}

// load reads the page that holds offset.
func (p *Pager) load(w *window, offset int64) error {
	page := offset / pageSize
	if w.page == page && offset >= w.chunk.base {
		return nil
	}
	return p.fill(w, page, max(0, (page-1)*pageSize))
}

// loadEnd reads the log's end from a line's beginning on, where all of it lies in one page: what stands before it costs
// more than the end itself.
func (p *Pager) loadEnd(w *window, from int64) error {
	page := from / pageSize
	if from >= p.size || (p.size-1)/pageSize != page {
		return nil
	}
	if err := p.fill(w, page, from); err != nil {
		return err
	}
	w.starts = slices.Compact(append([]int{0}, w.starts...))
	return nil
}

// fill takes a page into the window, with what stands about it from the offset from on.
func (p *Pager) fill(w *window, page, from int64) error {
	w.page = -1 // until it is there
	buf := w.chunk.buf
	if need := int(min(p.size, (page+2)*pageSize+ahead) - from); need <= cap(buf) {
		buf = buf[:need]
	} else {
		buf = make([]byte, need)
	}
	if err := readFull(p.r, buf, from); err != nil {
		return err
	}
	w.page = page
	w.chunk = chunk{buf: buf, base: from, size: p.size, hi: len(buf)}
	w.regions = append(w.regions[:0], turn{0, p.modeAt(buf[:min(len(buf), 4<<10)], from)})
	w.starts = w.starts[:0]
	if from == 0 {
		w.starts = append(w.starts, 0)
	}
	for pos := 0; pos < len(buf); {
		m := w.regions[len(w.regions)-1].to
		at, next := markFrom(buf, from, pos, len(buf), m)
		end := at
		if at < 0 {
			end = len(buf)
		}
		w.lines(pos, end, m)
		if at >= 0 {
			w.regions = append(w.regions, turn{at, next})
			w.starts = append(w.starts, at)
		}
		pos = end
	}
	w.starts = slices.Compact(w.starts)
	return nil
}

// lines notes where lines begin behind the line feeds of buf[pos:end].
func (w *window) lines(pos, end int, m mode) {
	eachByte(w.chunk.buf, pos, end, '\n', func(i int) bool {
		switch {
		case !m.wide:
			w.starts = append(w.starts, i+1)
		case w.chunk.feed(i, m):
			w.starts = append(w.starts, i+2-m.low())
		}
		return true
	})
}

// mode is how buf[i] is read.
func (w *window) mode(i int) mode {
	after, found := slices.BinarySearchFunc(w.regions, i, func(r turn, i int) int { return cmp.Compare(r.at, i) })
	if found {
		after++
	}
	return w.regions[max(0, after-1)].to
}

// span finds the line, or the piece of one, that holds offset.
func (p *Pager) span(w *window, offset int64) (span, error) {
	if err := p.load(w, offset); err != nil {
		return span{}, err
	}
	i := int(offset - w.chunk.base)
	here := int(w.page*pageSize - w.chunk.base) // where the page begins in the buffer
	next := sortedAfter(w.starts, i)
	start, end, ended := here, len(w.chunk.buf), false
	if next > 0 && (w.starts[next-1] > here-pageSize || w.chunk.base == 0 && w.page == 0) {
		start = w.starts[next-1]
	}
	// The line ends with this page only if it fills it.
	limit := here + pageSize
	if start > here {
		limit += pageSize
	}
	switch {
	case next < len(w.starts) && w.starts[next] <= limit:
		end, ended = w.starts[next], true
	case limit < end:
		end = limit
	}
	s := span{start: w.chunk.base + int64(start), end: w.chunk.base + int64(end), mode: w.mode(i), ended: ended}
	nuls := len(w.chunk.buf[start:end]) - len(bytes.TrimLeft(w.chunk.buf[start:end], "\x00"))
	s.text = s.start + int64(nuls)
	if nuls > 0 && !s.mode.starts(s.text) {
		s.text--
	}
	return s, nil
}

// sortedAfter is the index of the first of the ascending places behind i.
func sortedAfter(places []int, i int) int {
	at, found := slices.BinarySearch(places, i)
	if found {
		at++
	}
	return at
}

// modeAt tells how a sample is read that lies at offset in the log: as its zeros say, else as the log's start is.
func (p *Pager) modeAt(sample []byte, offset int64) mode {
	if offset == 0 {
		return p.head
	}
	m, sure := weigh(sample, offset)
	switch {
	case !sure:
		return p.head
	case m.wide && m.big != p.head.big:
		// Zeros at even places are big-endian pairs, or little-endian ones that begin at odd places.
		return mode{wide: true, big: p.head.big, odd: true}
	case !m.wide && p.head.wide && !mostlyPlain(sample):
		return p.head // UTF-16 without an ASCII character
	}
	return m
}
