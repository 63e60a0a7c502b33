package logscan

import "slices"

// coding is a way to write a log.
type coding struct {
	name string
	is   Encoding
	mark string
	mode mode
}

var codings = []coding{
	{"UTF-8", UTF8, "", narrow},
	{"UTF-8 with BOM", UTF8, "\xEF\xBB\xBF", narrow},
	{"UTF-16LE", UTF16LE, "", little},
	{"UTF-16LE with BOM", UTF16LE, "\xFF\xFE", little},
	{"UTF-16BE", UTF16BE, "", bigEnd},
	{"UTF-16BE with BOM", UTF16BE, "\xFE\xFF", bigEnd},
	{"ANSI", ANSI, "", narrow},
}

// encode writes text in the coding; what Windows-1252 lacks becomes '?', as Windows does it.
func (c coding) encode(text string) []byte {
	if c.is != ANSI {
		return encodeAs(text, c.mode)
	}
	var out []byte
	for _, r := range text {
		b, ok := encodeANSI(string(r))
		if !ok {
			b = []byte{'?'}
		}
		out = append(out, b...)
	}
	return out
}

// detected is what the scan should say of text in this coding: plain ASCII in a code page is UTF-8 as well.
func (c coding) detected(text string) Encoding {
	data := c.encode(text)
	if c.is == ANSI && !slices.ContainsFunc(data, func(b byte) bool { return b >= 0x80 }) {
		return UTF8
	}
	return c.is
}
