package logscan

import (
	"context"
	"io"
	"strings"
)

const (
	// pageText is how many bytes of a line are shown, and pageLead how many of those lie before the place asked for.
	pageText = 4 << 10
	pageLead = 1 << 10
)

// Pager shows a log a screenful at a time, reading only what it shows: a few hundred KiB about the place, whatever the
// size.
//
// A line longer than 64 KiB is shown in pieces, as if each were a line. Where the encoding changes in mid-file it is
// known from the text about the place, so a big-endian part behind another encoding may be found one byte off.
type Pager struct {
	r    io.ReaderAt
	size int64
	head mode
	ansi bool
}

// NewPager reads the log's first bytes, to know its encoding.
func NewPager(r io.ReaderAt, size int64) (*Pager, error) {
	m, e, err := beginning(r, size)
	if err != nil {
		return nil, err
	}
	return &Pager{r: r, size: size, head: m, ansi: e == ANSI}, nil
}

// Around returns up to before lines that end before the line holding offset, that line, and up to after lines behind
// it, with its index. Numbers in it are 0 except where known: from the log's first line on. Lines are cut to 4 KiB, the
// one asked for about the offset. An empty log has no lines.
func (p *Pager) Around(offset int64, before, after int) (lines []Line, at int, err error) {
	if p.size == 0 {
		return nil, 0, nil
	}
	offset = min(max(offset, 0), p.size-1)
	w := newWindow()
	s, err := p.span(w, offset)
	for ; err == nil && at < before && s.start > 0; at++ {
		s, err = p.span(w, s.start-1)
	}
	number := int64(0)
	if s.start == 0 {
		number = 1
	}
	for i := 0; err == nil; i++ {
		var line Line
		line, err = p.line(s, offset)
		line.Number = number
		lines = append(lines, line)
		if s.end >= p.size || i >= at+max(after, 0) {
			break
		}
		switch {
		case !s.ended:
			number = 0 // pieces are no lines
		case number > 0:
			number++
		}
		if err == nil {
			s, err = p.span(w, s.end)
		}
	}
	if err != nil {
		return nil, 0, err
	}
	return lines, at, nil
}

// Number numbers lines that Around gave, by that of one of them: upwards and downwards until the pieces of a long line
// come, which are no lines. The numbers of others are left as they are.
func Number(lines []Line, at int, number int64) {
	goesOn := func(i int) bool { return lines[i+1].Offset-lines[i].Offset >= pageSize } // or is so long that it may
	lines[at].Number = number
	for i := at; i+1 < len(lines) && !goesOn(i); i++ {
		lines[i+1].Number = lines[i].Number + 1
	}
	for i := at - 1; i >= 0 && !goesOn(i); i-- {
		lines[i].Number = lines[i+1].Number - 1
	}
}

// line reads what is shown of a line, about offset if that lies in it.
func (p *Pager) line(s span, offset int64) (Line, error) {
	from := s.text
	if offset >= from+pageText && offset < s.end {
		from = offset - pageLead
	}
	if !s.mode.starts(from) {
		from++
	}
	to := min(s.end, from+pageText)
	raw := make([]byte, max(0, to-from))
	if err := readFull(p.r, raw, from); err != nil {
		return Line{}, err
	}
	return s.line(raw, from > s.text, p.size), nil
}

// line is a span's text from raw: its beginning or all of it, or with cutStart what lies behind its beginning.
func (s span) line(raw []byte, cutStart bool, size int64) Line {
	ansi := false
	if !s.mode.wide {
		raw, _, ansi = characters(raw, cutStart, cutStart || s.text+int64(len(raw)) < s.end || !s.ended)
	}
	text := decode(raw, s.mode, ansi)
	text = strings.TrimLeft(strings.TrimRight(text, "\x00\r\n"), "\x00\uFEFF")
	return Line{Offset: s.start, Text: text, Unended: s.end >= size && !s.ended}
}

// Find searches for text (without case for ASCII letters) from offset on, forwards or backwards, and returns the offset
// of the line that holds it, or -1. Forwards a match may begin at offset, backwards it begins before. Of a match so
// deep in a long line that Around would not show it with the line, the match's own offset is returned.
func (p *Pager) Find(ctx context.Context, text string, offset int64, backwards bool) (int64, error) {
	f := finder{p: p, window: newWindow(), patterns: p.patterns(text)}
	if text == "" || p.size == 0 {
		return -1, nil
	}
	var at int64
	var err error
	if backwards {
		at, err = f.back(ctx, min(offset, p.size))
	} else {
		at, err = f.forward(ctx, max(offset, 0))
	}
	if err != nil || at < 0 {
		return -1, err
	}
	s, err := p.span(f.window, at)
	if err != nil {
		return -1, err
	}
	if at+int64(f.longest()) > s.start+pageText {
		return at, nil
	}
	return s.start, nil
}

// each calls f with the lines from the one that begins at or behind from up to the offset to, numbered from number on;
// 0: not counted. The window is moved along with them.
func (p *Pager) each(ctx context.Context, w *window, from, to, number int64, f func(Line)) error {
	page := int64(-1)
	for from < to {
		s, err := p.span(w, from)
		if err != nil {
			return err
		}
		if w.page != page {
			page = w.page
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		line := p.whole(w, s)
		line.Number = number
		f(line)
		if number > 0 && s.ended {
			number++
		}
		from = s.end
	}
	return nil
}

// whole is all of a line that stands in the window.
func (p *Pager) whole(w *window, s span) Line {
	text := s.text
	if !s.mode.starts(text) {
		text++
	}
	return s.line(w.chunk.buf[text-w.chunk.base:max(text, s.end)-w.chunk.base], false, p.size)
}

// first is the beginning of the log's first line that is not empty, if that begins within its first KiB.
func (p *Pager) first() (string, error) {
	raw := make([]byte, min(p.size, 1<<10))
	if err := readFull(p.r, raw, 0); err != nil {
		return "", err
	}
	text := strings.TrimLeft(decode(raw, p.head, p.ansi), "\uFEFF\x00\r\n\t ")
	line, _, _ := strings.Cut(text, "\n")
	return line, nil
}
