package practice

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"unicode/utf16"
)

// mark is the byte order mark of UTF-16LE.
const mark = "\xff\xfe"

// encode gives text in UTF-16LE if wide, else in UTF-8.
func encode(text string, wide bool) []byte {
	if !wide {
		return []byte(text)
	}
	units := utf16.Encode([]rune(text))
	b := make([]byte, 0, 2*len(units))
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// newLog is a log's first content.
func newLog(text string, wide bool) []byte {
	if !wide {
		return encode(text, false)
	}
	return append([]byte(mark), encode(text, true)...)
}

// appendLog adds text to a log in the encoding that the log has; a log that is gone begins anew.
func (m *Machine) appendLog(path, text string, wide bool) error {
	old, err := os.ReadFile(m.host(path))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(old) == 0 {
		return m.put(path, newLog(text, wide), m.now())
	}
	if err != nil {
		return fmt.Errorf("read \"%s\": %w", path, err)
	}
	f, err := os.OpenFile(m.host(path), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return fmt.Errorf("open \"%s\": %w", path, err)
	}
	_, err = f.Write(encode(text, bytes.HasPrefix(old, []byte(mark))))
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write \"%s\": %w", path, err)
	}
	return m.stamp(path, m.now())
}
