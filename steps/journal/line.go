package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"marsfix/steps/disk"
)

// encode is a record as a line of the journal, in ASCII alone: people read it with "type", and what a log or a name
// holds must not reach their console as it is.
func encode(r Record) ([]byte, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for _, c := range string(text) { // Marshal has replaced invalid UTF-8
		switch {
		case c < utf8.RuneSelf && c != 0x7f:
			b.WriteByte(byte(c))
		case c < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			high, low := utf16.EncodeRune(c)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		}
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// cutOff reports whether the journal ends in the middle of a line, as after a crash. One that cannot be read counts as
// whole: the write that follows will fail and say why.
func cutOff(own disk.PrivateReader) bool {
	file, info, err := disk.WithInfo(own.Open(FileName))
	if err != nil {
		return false
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	if info.Size == 0 {
		return false
	}
	last := make([]byte, 1)
	_, err = file.ReadAt(last, info.Size-1)
	return err == nil && last[0] != '\n'
}
