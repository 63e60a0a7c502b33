package msi

import (
	"errors"
	"strings"
)

// The summary information is a property set: MS-OLEPS 2.21,
// https://learn.microsoft.com/openspecs/windows_protocols/ms-oleps.
const (
	summaryStream   = "\x05SummaryInformation"
	signatureStream = "\x05DigitalSignature"
	summaryMost     = 1 << 20 // bytes; a real one has some hundred
	summaryFormat   = "\xE0\x85\x9F\xF2\xF9\x4F\x68\x10\xAB\x91\x08\x00\x2B\x27\xB3\xD9"
	countAt         = 24 // the number of sets, behind byte order, version, system and class
	formatAt        = 28
	templateNumber  = 7  // PID_TEMPLATE: for a patch, the products that it is for
	revisionNumber  = 9  // PID_REVNUMBER: for a package, its package code; for a patch, its patch code
	textType        = 30 // VT_LPSTR
)

var errSummary = errors.New("the summary information of the package is damaged")

// summary is the stream of the summary information.
func (s *storage) summary() ([]byte, error) {
	stream, ok := s.streams[key(summaryStream)]
	if !ok {
		return nil, errNoSummary
	}
	return s.read(stream, summaryMost)
}

func (s *storage) packageCode() (string, error) {
	b, err := s.summary()
	if err != nil {
		return "", err
	}
	revision, err := summaryText(b, revisionNumber)
	if err != nil {
		return "", err
	}
	code, ok := firstGUID(revision)
	if !ok {
		return "", errNoCode
	}
	return code, nil
}

// summaryText is a text property of the set, empty where there is none. A second set, or a second property of that
// number, is a flaw: which one counts would be the reader's choice.
func summaryText(b []byte, property uint32) (string, error) {
	if len(b) < formatAt+20 || word(b[countAt:]) != 1 || string(b[formatAt:formatAt+16]) != summaryFormat {
		return "", errSummary
	}
	set, ok := from(b, word(b[formatAt+16:]))
	if !ok || len(set) < 8 {
		return "", errSummary
	}
	entries := set[8:]
	count := word(set[4:])
	if uint64(count)*8 > uint64(len(entries)) {
		return "", errSummary
	}
	text, found := "", false
	for i := range count {
		if word(entries[8*i:]) != property {
			continue
		}
		value, ok := from(set, word(entries[8*i+4:]))
		if found || !ok || len(value) < 8 || word(value) != textType || uint64(word(value[4:])) > uint64(len(value)-8) {
			return "", errSummary
		}
		text, _, _ = strings.Cut(string(value[8:8+word(value[4:])]), "\x00")
		found = true
	}
	return text, nil
}

func from(b []byte, at uint32) ([]byte, bool) {
	if uint64(at) > uint64(len(b)) {
		return nil, false
	}
	return b[at:], true
}

// firstGUID is the GUID that the text begins with, in upper case. What follows it, as in the list of a transform, is
// left away.
func firstGUID(text string) (string, bool) {
	const shape = "{00000000-0000-0000-0000-000000000000}"
	if len(text) < len(shape) {
		return "", false
	}
	guid := strings.ToUpper(text[:len(shape)])
	for i := range len(shape) {
		digit := guid[i] >= '0' && guid[i] <= '9' || guid[i] >= 'A' && guid[i] <= 'F'
		if shape[i] == '0' && !digit || shape[i] != '0' && guid[i] != shape[i] {
			return "", false
		}
	}
	return guid, true
}
