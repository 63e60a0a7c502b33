package msi

import (
	"errors"
	"unicode/utf8"
)

// A table of the database is a stream of its columns, one after the other; a text is a number into the string pool. The
// layout is not documented by Microsoft; it is that of Wine's msi.dll and of msitools, and checked on packages made by
// the latter.
const (
	poolMost     = 4 << 20 // bytes: a million texts
	textMost     = 32 << 20
	propertyMost = 1 << 20
	longNumbers  = 0x8000 // flag in the pool's header: a number has three bytes instead of two
)

var errTables = errors.New("the database of the package is damaged")

// wanted are the properties that tell one product from another.
var wanted = [...]string{"ProductCode", "ProductVersion", "ProductName"}

// properties reads the wanted ones from the table Property.
func (s *storage) properties() (map[string]string, error) {
	table, ok := s.streams[key(streamName("Property"))]
	if !ok {
		return nil, nil
	}
	pool, ok1 := s.streams[key(streamName("_StringPool"))]
	text, ok2 := s.streams[key(streamName("_StringData"))]
	if !ok1 || !ok2 {
		return nil, errTables
	}
	p, err1 := s.read(pool, poolMost)
	t, err2 := s.read(text, textMost)
	rows, err3 := s.read(table, propertyMost)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	texts, err := parsePool(p, t)
	if err != nil {
		return nil, err
	}
	return texts.pairs(rows)
}

// pool is the texts of a database by number; number 0 is the empty text.
type pool struct {
	text   []byte
	ends   []uint32 // of each text in text, from number 0
	number int      // bytes of a number
}

// parsePool reads the lengths. A text of 64 KiB and more has two entries: no length and the upper half of it as its
// count of references, then the lower half and the count.
func parsePool(b, text []byte) (*pool, error) {
	if len(b) < 4 {
		return nil, errTables
	}
	p := &pool{text: text, ends: []uint32{0}, number: 2}
	if half(b[2:])&longNumbers != 0 {
		p.number = 3
	}
	end := uint64(0)
	for b = b[4:]; len(b) >= 4; b = b[4:] {
		length := uint64(half(b))
		if references := half(b[2:]); length == 0 && references != 0 && len(b) >= 8 {
			b = b[4:]
			length = uint64(references)<<16 | uint64(half(b))
		}
		end += length
		if end > uint64(len(text)) {
			return nil, errTables
		}
		p.ends = append(p.ends, uint32(end))
	}
	return p, nil
}

// pairs reads a table of two columns of texts.
func (p *pool) pairs(rows []byte) (map[string]string, error) {
	if len(rows)%(2*p.number) != 0 {
		return nil, errTables
	}
	found := map[string]string{}
	count := len(rows) / (2 * p.number)
	for i := range count {
		name, err := p.at(rows, i)
		if err != nil {
			return nil, err
		}
		for _, w := range wanted {
			if string(name) != w {
				continue
			}
			if _, twice := found[w]; twice {
				return nil, errTables
			}
			value, err := p.at(rows, count+i)
			if err != nil {
				return nil, err
			}
			found[w] = readable(value)
		}
	}
	return found, nil
}

// at is the text whose number is the i-th of rows.
func (p *pool) at(rows []byte, i int) ([]byte, error) {
	n := int(half(rows[i*p.number:]))
	if p.number == 3 {
		n |= int(rows[i*p.number+2]) << 16
	}
	if n == 0 {
		return nil, nil
	}
	if n >= len(p.ends) {
		return nil, errTables
	}
	return p.text[p.ends[n-1]:p.ends[n]], nil
}

// readable takes bytes of an ANSI code page for Latin 1: codes and versions are ASCII in every one, and the name is
// only shown.
func readable(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// streamName is the name of a table's stream: a mark, then two characters of 64 in one code unit, a last single one in
// another.
func streamName(table string) string {
	name := []rune{0x4840}
	for len(table) > 1 {
		name = append(name, 0x3800+digit64(table[0])+digit64(table[1])<<6)
		table = table[2:]
	}
	if table != "" {
		name = append(name, 0x4800+digit64(table[0]))
	}
	return string(name)
}

// digit64 is the value of a letter in stream names.
func digit64(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'A' && c <= 'Z':
		return rune(c-'A') + 10
	case c >= 'a' && c <= 'z':
		return rune(c-'a') + 36
	case c == '.':
		return 62
	}
	return 63 // "_", the last that a table's name may have
}
