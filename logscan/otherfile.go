package logscan

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"
)

// magics are how files begin that are no text (https://en.wikipedia.org/wiki/List_of_file_signatures).
var magics = [...]struct {
	begin string
	is    Doubt
}{
	{"PK\x03\x04", Archive}, {"PK\x05\x06", Archive}, {"7z\xBC\xAF\x27\x1C", Archive}, {"Rar!", Archive},
	{"\x1F\x8B", Archive}, {"MSCF", Archive}, {"BZh", Archive},
	{"\xFD7zXZ", Archive}, {"\x28\xB5\x2F\xFD", Archive}, {"%PDF", NotText}, {"{\\rtf", NotText}, {"ElfFile", NotText},
}

// otherFile guesses what a file is in which nothing of Windows Installer was read, and returns the first words of its
// text.
func (x *reader) otherFile(p *Pager) (Doubt, string) {
	head := make([]byte, min(p.size, headSize))
	if err := readFull(p.r, head, 0); err != nil {
		return OtherText, "" // it was read to its end just now: a guess is worth no error
	}
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.begin)) {
			return m.is, ""
		}
	}
	text := strings.TrimSpace(x.first.Text)
	if !looksText(text) || !p.head.wide &&
		bytes.IndexByte(bytes.TrimRight(head[:min(len(head), 512)], "\x00"), 0) >= 0 {
		return NotText, ""
	}
	sample := firstWords(text)
	begin := strings.ToLower(text[:min(len(text), 64)])
	switch {
	case strings.Contains(begin, "<!doctype html") || strings.Contains(begin, "<html") ||
		strings.Contains(begin, "<head"):
		return WebPage, sample
	case x.isSetup(p, head):
		return SetupLines, sample
	case strings.ContainsAny(text[:min(len(text), 1)], "{\"<") && !strings.HasPrefix(text, "<![LOG["), isArray(text):
		return Data, sample
	}
	return OtherText, sample
}

// isArray reports whether a text begins as an array of JSON does, and not as a line with a time or a process in
// brackets.
func isArray(text string) bool {
	rest, ok := strings.CutPrefix(text, "[")
	rest = strings.TrimSpace(rest)
	return ok && (rest == "" || strings.IndexByte("{[\"]", rest[0]) >= 0)
}

// isSetup reports whether the file is a log as the agent's programs write them: its words, or their stamps at a line's
// beginning.
func (x *reader) isSetup(p *Pager, head []byte) bool {
	for _, pattern := range p.patterns(string(setupSearch.get().needles[0])) {
		if bytes.Contains(head, pattern.bytes) {
			return true
		}
	}
	_, _, ok := stampIn([]byte(x.first.Text[:min(len(x.first.Text), 64)]), time.Time{})
	return ok
}

// looksText reports whether nine of ten characters can be shown.
func looksText(text string) bool {
	shown := utf8.RuneCountInString(text)
	odd := strings.Count(Clean(text), "?") - strings.Count(text, "?") + strings.Count(text, "\uFFFD")
	return odd*10 <= shown
}

// firstWords is a text's beginning, at most 60 characters of it.
func firstWords(text string) string {
	const most = 60
	if all := []rune(Clean(text)); len(all) > most {
		return string(all[:most]) + "…"
	}
	return Clean(text)
}
