package msi

import (
	"io"
	"slices"
	"strings"
)

// Patch is what tells one patch package (.msp) from another.
type Patch struct {
	// Code is the patch code, {UPPER-CASE-GUID}: the first GUID of the summary information's Revision Number.
	// https://learn.microsoft.com/windows/win32/msi/revision-number-summary
	Code string
	// Obsoletes are the patch codes behind it in the Revision Number: patches that go when this one is applied.
	Obsoletes []string
	// Targets are the codes of the products that accept the patch: the summary information's Template. None where that
	// does not say so, or not in a way that can be read to its end.
	// https://learn.microsoft.com/windows/win32/msi/template-summary
	Targets []string
	Signed  bool // it bears a signature, of whatever worth
}

// ReadPatch reads the identity of the patch in r, which is size bytes long. The patch code is always there when err is
// nil. A package or a transform is ErrNotPatch; flaws are those of Read.
func ReadPatch(r io.ReaderAt, size int64) (p Patch, err error) {
	defer mend(&err, func() { p = Patch{} })
	s, err := open(r, size)
	if err != nil {
		return Patch{}, err
	}
	if !strings.EqualFold(s.class, patchClass) {
		return Patch{}, ErrNotPatch
	}
	summary, err := s.summary()
	if err != nil {
		return Patch{}, err
	}
	revision, err := summaryText(summary, revisionNumber)
	if err != nil {
		return Patch{}, err
	}
	codes := guids(revision)
	if len(codes) == 0 {
		return Patch{}, ErrNoPatchCode
	}
	p = Patch{Code: codes[0], Obsoletes: codes[1:], Signed: s.signed()}
	if template, err := summaryText(summary, templateNumber); err == nil {
		p.Targets = targets(template)
	}
	return p, nil
}

// guids are those that a text begins with, one behind the other.
func guids(text string) (codes []string) {
	for {
		code, ok := firstGUID(text)
		if !ok {
			return codes
		}
		codes = append(codes, code)
		text = text[len(code):]
	}
}

// targets are the product codes of a Template: with semicolons between them. Of a list with anything else in it, nobody
// can say which products it leaves out.
func targets(template string) (codes []string) {
	for part := range strings.SplitSeq(template, ";") {
		part = strings.TrimSpace(part)
		code, ok := firstGUID(part)
		switch {
		case part == "":
		case !ok || len(code) != len(part):
			return nil
		case !slices.Contains(codes, code):
			codes = append(codes, code)
		}
	}
	return codes
}
