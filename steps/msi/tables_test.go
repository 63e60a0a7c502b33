package msi

import (
	"errors"
	"strings"
	"testing"
)

// Databases of more than 65,535 texts number them with three bytes, and texts of 64 KiB and more have two entries. No
// small fixture has either, so the bytes stand here.
func TestReadsLargePools(t *testing.T) {
	long := strings.Repeat("x", 0x1_0003)
	text := []byte("ProductName" + long + "Agent")
	for name, c := range map[string]struct{ pool, rows string }{
		"two bytes": {
			"\xE4\x04\x00\x00" + "\x0B\x00\x01\x00" + "\x00\x00\x01\x00\x03\x00\x01\x00" + "\x00\x00\x00\x00" +
				"\x05\x00\x01\x00",
			"\x02\x00\x01\x00" + "\x04\x00\x04\x00",
		},
		"three bytes": {
			"\xE4\x04\x00\x80" + "\x0B\x00\x01\x00" + "\x00\x00\x01\x00\x03\x00\x01\x00" + "\x00\x00\x00\x00" +
				"\x05\x00\x01\x00",
			"\x02\x00\x00\x01\x00\x00" + "\x04\x00\x00\x04\x00\x00",
		},
	} {
		p, err := parsePool([]byte(c.pool), text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := p.pairs([]byte(c.rows))
		if err != nil || got["ProductName"] != "Agent" {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestRefusesDamagedPools(t *testing.T) {
	const one = "\x00\x00\x00\x00" + "\x0B\x00\x01\x00" // one text of eleven bytes
	for name, c := range map[string]struct{ pool, text, rows string }{
		"no header":         {"\x00", "", ""},
		"text beyond data":  {one, "ProductNam", ""},
		"number beyond":     {one, "ProductName", "\x02\x00\x01\x00"},
		"value beyond":      {one, "ProductName", "\x01\x00\x07\x00"},
		"half a row":        {one, "ProductName", "\x01\x00"},
		"long beyond":       {"\x00\x00\x00\x00" + "\x00\x00\xFF\xFF\xFF\xFF\x01\x00", "x", ""},
		"three bytes, half": {"\x00\x00\x00\x80" + "\x0B\x00\x01\x00", "ProductName", "\x01\x00\x00\x01"},
	} {
		p, err := parsePool([]byte(c.pool), []byte(c.text))
		if err == nil {
			_, err = p.pairs([]byte(c.rows))
		}
		if !errors.Is(err, errTables) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
