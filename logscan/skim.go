package logscan

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"math/bits"
)

const (
	// skimFrom is the size of logs from which on the last session is skimmed. What people copy by hand, and break on
	// the way, is shorter; what is broken in a longer one is so from its beginning to its end.
	skimFrom = 768 << 10
	// skimTail is how many characters before its end are read line by line all the same, and of a log whose session has
	// no header as many behind its beginning.
	skimTail = 32 << 10
)

// skim reads of the lines from the offset from on only those that are not ordinary or may tell of a lost file. It
// returns from where on the lines have to be read one by one. What it leaves out tells nothing; where what it reads
// tells something, all of it has to be read.
func (x *reader) skim(ctx context.Context, p *Pager, from int64) (int64, error) {
	m := p.head
	most := int64(skimTail * m.width())
	tail := p.size - most
	if page := (p.size - 1) / pageSize * pageSize; p.size-page > most/2 {
		tail = max(tail, page) // one page more costs as much as its lines
	}
	var err error
	for head := from + most; x.log.Sessions == 0 && x.engine == 0 && err == nil; {
		if from >= min(head, tail) {
			return from, nil // whoever has written it
		}
		from, err = x.visit(p, from)
	}
	memory := heads.Get().(*[headSize]byte)
	defer heads.Put(memory)
	for from < tail && err == nil {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		text := memory[:min(headSize, p.size-from)]
		if err := readFull(p.r, text, from); err != nil {
			return 0, err
		}
		if m.wide {
			text = lowBytes(text, m)
		}
		text = text[:bytes.LastIndexByte(text, '\n')+1]
		if len(text) == 0 {
			from, err = x.visit(p, from) // it is that long
			continue
		}
		err = x.sift(p, text, from)
		from += int64(len(text) * m.width())
		x.skimmed = true
	}
	return from, errors.Join(err, p.loadEnd(x.window, from))
}

// sift visits what is to be read of whole lines whose text begins at the offset from.
func (x *reader) sift(p *Pager, text []byte, from int64) error {
	width := p.head.width()
	nul := bytes.IndexByte(text, 0)
	before := -1 // the line before, where it was passed over
	for i := 0; i < len(text); {
		end := i + bytes.IndexByte(text[i:], '\n') + 1
		begun := x.end.main == "" && from+int64(i*width) >= x.log.LastSession.ClientAt
		ordinary, tells := sees(text, i, end, begun)
		if nul >= 0 && nul < end {
			tells, nul = true, end+bytes.IndexByte(text[end:], 0)
			if nul < end {
				nul = -1
			}
		}
		if ordinary && !tells {
			before, i = i, end
			continue
		}
		if !ordinary && before >= 0 { // it may be the rest of that
			if _, err := x.visit(p, from+int64(before*width)); err != nil {
				return err
			}
		}
		if _, err := x.visit(p, from+int64(i*width)); err != nil {
			return err
		}
		before, i = -1, end
	}
	return nil
}

// visit reads the line that holds the offset, and returns where it ends.
func (x *reader) visit(p *Pager, at int64) (end int64, err error) {
	s, err := p.span(x.window, at)
	if err == nil {
		x.line(p.whole(x.window, s))
	}
	return s.end, err
}

// sees reports whether the line text[i:end] begins as most of an engine's do, and whether it may tell of a lost file or
// of another engine all the same. What begins otherwise is read: messages in the system's language, what programs write
// of their own, what a copy has done to lines. begun: the session's main engine is not known yet.
func sees(text []byte, i, end int, begun bool) (ordinary, tells bool) {
	line := text[i:end]
	switch {
	case line[0] == '\n' || line[0] == '\r' && len(line) == 2, begins(line, "Property("), begins(line, header):
		return true, false
	case begins(line, "Action "):
		return true, hint(text, i, end)
	case !begins(line, "MSI ("):
		return false, true
	}
	rest := line[bytes.IndexByte(line, ']')+1:]
	if !begins(rest, ": ") {
		return false, true
	}
	rest = rest[len(": "):]
	for _, silent := range silentLines {
		if begins(rest, silent) {
			return true, silent == "Note: 1: " && hint(text, i, end)
		}
	}
	for _, often := range frequent {
		if begins(rest, often) {
			return true, begun && often == "Doing action: " || hint(text, i, end)
		}
	}
	return true, true
}

// frequent begin lines of an engine that come in hundreds, and tell of a lost file only with a code or its name.
var frequent = [...]string{"Doing action: ", "Skipping action: ", "SOURCEMGMT: Looking for ", "File: ",
	"Creating MSIHANDLE ", "Closing MSIHANDLE ", "Invoking remote custom action", "SELMGR: ", "WIN64DUALFOLDERS: ",
	"Incrementing counter ", "Decrementing counter ", "Using cached product context", "Allowing ", "Disallowing "}

func begins(text []byte, with string) bool {
	return len(text) >= len(with) && string(text[:len(with)]) == with
}

// lowBytes is what UTF-16 says, a byte a character: 0xFF stands for all that are not of ASCII. It takes the place of
// raw.
func lowBytes(raw []byte, m mode) []byte {
	for i := range len(raw) / 2 {
		c := raw[2*i+m.low()]
		if raw[2*i+1-m.low()] != 0 {
			c = 0xFF
		}
		raw[i] = c
	}
	return raw[:len(raw)/2]
}

// hint reports whether one of these begins in text[i:end]: a code of a lost source, a result of Windows in hex, the
// cache's folder. Eight places are looked at a time, for the first three characters.
func hint(text []byte, i, end int) bool {
	const ones = 0x0101010101010101
	le := binary.LittleEndian
	for ; i < end && i+10 <= len(text); i += 8 {
		a, b, c := le.Uint64(text[i:]), le.Uint64(text[i+1:]), le.Uint64(text[i+2:])
		// Zero where it begins: "16" and "17" differ in one bit, "0" to "3" in two.
		code := a ^ ones*'1' | (b | ones) ^ ones*'7' | c&^(ones*3) ^ ones*'0'
		coded := a ^ ones*'8' | b ^ ones*'0' | c ^ ones*'0'
		folder := a ^ ones*'\\' | (b | ones*0x20) ^ ones*'i' | (c | ones*0x20) ^ ones*'n'
		zero := ((code-ones)&^code | (coded-ones)&^coded | (folder-ones)&^folder) & (ones << 7)
		for ; zero != 0; zero &= zero - 1 {
			if k := i + bits.TrailingZeros64(zero)/8; k < end && isHint(text[k:end]) {
				return true
			}
		}
	}
	for ; i < end; i++ {
		if isHint(text[i:end]) {
			return true
		}
	}
	return false
}

func isHint(text []byte) bool {
	return begins(text, "1612") || begins(text, "1635") || begins(text, "1706") || begins(text, "8007") ||
		len(text) >= len(cacheFolder) && foldMatch(text, []byte(cacheFolder))
}
