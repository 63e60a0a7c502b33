package logscan

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The plain scan: the whole log in memory, cut into lines, each decoded and searched by regular expressions. It shares
// with the streaming one the tables of text decoding and nothing of its search.

type plainLine struct {
	number     int64
	start, end int
	mode       mode
	ended      bool
	text       string
	ansi       bool
}

// plainUnit reads one ASCII unit of mode m at p.
func plainUnit(data []byte, p int, m mode) (byte, bool) {
	switch {
	case !m.wide:
		return get(data, p), p < len(data)
	case m.big:
		return get(data, p+1), p+1 < len(data) && data[p] == 0
	}
	return get(data, p), p+1 < len(data) && data[p+1] == 0
}

func get(data []byte, p int) byte {
	if p >= 0 && p < len(data) {
		return data[p]
	}
	return 0
}

func plainHas(data []byte, p int, m mode, text string) bool {
	for i := range len(text) {
		if c, ok := plainUnit(data, p+i*m.width(), m); !ok || c != text[i] {
			return false
		}
	}
	return true
}

// plainMark reports whether the mode changes at p.
func plainMark(data []byte, p int, m mode) (mode, bool) {
	if strings.IndexByte("\xFF\xFE\xEF=", data[p]) < 0 {
		return m, false
	}
	for mark, to := range map[string]mode{"\xFF\xFE": little, "\xFE\xFF": bigEnd, "\xEF\xBB\xBF": narrow} {
		to = to.at(int64(p))
		if !bytes.HasPrefix(data[p:], []byte(mark)) || to == m {
			continue
		}
		text := true
		for i := range 4 {
			c, ok := plainUnit(data, p+len(mark)+i*to.width(), to)
			text = text && ok && (c >= ' ' && c < 0x7F || c == '\t' || c == '\r' || c == '\n')
		}
		if text {
			return to, true
		}
	}
	if m.wide && plainHas(data, p, narrow, header) {
		return narrow, true
	}
	to := little.at(int64(p))
	known := m.big && m.odd != to.odd && p > 0 && plainHas(data, p-1, bigEnd, header)
	if to != m && !known && plainHas(data, p, little, header) {
		return to, true
	}
	return m, false
}

func plainLines(data []byte) (lines []plainLine) {
	m := detect(data[:min(len(data), headSize)])
	l := plainLine{number: 1, mode: m}
	cut := func(end, next int, m mode) {
		l.end, l.ended = end, true
		lines = append(lines, l)
		l = plainLine{number: l.number + 1, start: next, mode: m}
	}
	for p := 0; p < len(data); {
		if to, ok := plainMark(data, p, m); ok {
			if m = to; l.start == p {
				l.mode = m
			} else {
				cut(p, p, m)
			}
		}
		w := m.width()
		if m.wide && m.odd != (p&1 == 1) {
			p++
			continue
		}
		if c, ok := plainUnit(data, p, m); ok && c == '\n' {
			cut(p, p+w, m)
			p += w
			continue
		}
		p++
	}
	if l.end = len(data); len(bytes.Trim(data[l.start:], "\x00")) > 0 {
		lines = append(lines, l)
	}
	for i := range lines {
		lines[i].decode(data)
	}
	return lines
}

func (l *plainLine) decode(data []byte) {
	raw := data[l.start:l.end]
	if !l.mode.wide && !l.ended {
		if !utf8.Valid(trimCut(raw)) {
			l.ansi = true
		} else {
			raw = trimCut(raw)
		}
	}
	switch {
	case l.mode.wide:
		units := make([]uint16, len(raw)/2)
		for i := range units {
			units[i] = uint16(raw[2*i]) | uint16(raw[2*i+1])<<8
			if l.mode.big {
				units[i] = units[i]<<8 | units[i]>>8
			}
		}
		l.text = string(utf16.Decode(units))
	case utf8.Valid(raw):
		l.text = string(raw)
	default:
		l.ansi = true
		for _, c := range raw {
			l.text += string(ansiRune(c))
		}
	}
}

func ansiRune(c byte) rune {
	if c >= 0x80 && c < 0xA0 {
		return windows1252[c-0x80]
	}
	return rune(c)
}

// offset is the place in the log of text[i].
func (l plainLine) offset(i int) int64 {
	n := 0
	switch {
	case l.mode.wide:
		for _, r := range l.text[:i] {
			n += 2 * utf16.RuneLen(r)
		}
	case l.ansi:
		n = utf8.RuneCountInString(l.text[:i])
	default:
		n = i
	}
	return int64(l.start + n)
}
