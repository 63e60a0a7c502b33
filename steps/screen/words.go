package screen

import (
	"fmt"
	"time"
)

// LowerFirst is a text that begins in lower case, to go on behind a colon; an abbreviation stays as it is.
func LowerFirst(s string) string {
	if s == "" || len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	b := []byte(s)
	if b[0] >= 'A' && b[0] <= 'Z' {
		b[0] += 'a' - 'A'
	}
	return string(b)
}

// UpperFirst makes a sentence of a phrase.
func UpperFirst(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// Versions is a version before and after an upgrade, told once where it is the same.
func Versions(before, after string) string {
	if before == "" || before == after {
		return after
	}
	return before + " -> " + after
}

// TypePrompt is the one line in which something is typed out.
func TypePrompt(want string) string { return fmt.Sprintf("type %s and press Enter", want) }

// Size writes a number of bytes as a person reads it.
func Size(n int64) string {
	switch {
	case n < 0:
		return "-"
	case n < 1000:
		return fmt.Sprintf("%d bytes", n)
	case n < 1000*1000:
		return fmt.Sprintf("%.1f KB", float64(n)/1e3)
	case n < 1000*1000*1000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}

// Count writes a number with its noun.
func Count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Clock is a time of day as the logs write it.
func Clock(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.Format("15:04:05")
}

// Zoned is a time beside those of a log, whose clock may be another one.
func Zoned(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.Format("2006-01-02 15:04 -07:00")
}

// Date is a time as the screens write it.
func Date(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return t.Format("2006-01-02 15:04")
}
