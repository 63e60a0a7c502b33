package redact

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// sample is a text of which it is known what has to go.
type sample struct {
	section string
	text    string // as it is in a log
	want    string
	secrets []string
	lines   bool
	random  bool // its secrets may be any of the same letters and digits
}

// samples reads the table of shapes.
func samples(t testing.TB) []sample {
	t.Helper()
	b, err := os.ReadFile("testdata/shapes.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(b), "\n\n")
	var all []sample
	for section := range strings.SplitSeq(strings.TrimSuffix(table, "\n"), "\n\n") {
		name, rest, ok := strings.Cut(section, "\n")
		if !ok {
			t.Fatalf("a section without lines: %q", section)
		}
		if strings.HasPrefix(name, "lines: ") {
			all = append(all, newSample(t, name, rest))
			continue
		}
		for line := range strings.SplitSeq(rest, "\n") {
			all = append(all, newSample(t, name, line))
		}
	}
	return all
}

func newSample(t testing.TB, section, marked string) sample {
	s := sample{section: section}
	s.lines, s.random = strings.HasPrefix(section, "lines: "), strings.HasPrefix(section, "random: ")
	for marked != "" {
		before, rest, ok := strings.Cut(marked, "⟦")
		s.text, s.want = s.text+before, s.want+before
		if !ok {
			break
		}
		secret, after, ok := strings.Cut(rest, "⟧")
		if !ok && strings.Contains(rest, "\n") {
			t.Fatalf("%s: %q does not end", section, rest)
		}
		s.text, s.want, s.secrets = s.text+secret, s.want+Mark, append(s.secrets, secret)
		marked = after
	}
	return s
}

// TestShapes holds the table: what must go goes, what must stay stays, and a second time nothing more happens.
func TestShapes(t *testing.T) {
	gone, stay := 0, 0
	for _, s := range samples(t) {
		if len(s.secrets) > 0 {
			gone++
		} else {
			stay++
		}
		red := New(false, nil)
		if got := red.Text(s.text); got != s.want {
			t.Errorf("%s: %s\n got %s\nwant %s", s.section, s.text, got, s.want)
		}
		if red.Removed() != strings.Count(s.want, Mark) {
			t.Errorf("%s: %s: %d are counted", s.section, s.text, red.Removed())
		}
		if again := red.Text(s.want); again != s.want {
			t.Errorf("%s: a second time %s\n becomes %s", s.section, s.want, again)
		}
	}
	if gone < 200 || stay < 60 {
		t.Errorf("%d samples with secrets and %d without are too few", gone, stay)
	}
}

// TestEveryShapeIsShown tells that none of the shapes is without a sample, and that none is there twice: without any
// one of them some sample comes out otherwise.
func TestEveryShapeIsShown(t *testing.T) {
	all := samples(t)
	whole := secretFinder
	defer func() { secretFinder = whole }()
	for i, sh := range allShapes()[:len(shapes)+len(positions)+len(calls)] {
		f := newFinder(slices.Delete(allShapes(), i, i+1))
		secretFinder = func() *finder { return f }
		if !slices.ContainsFunc(all, func(s sample) bool { return New(false, nil).Text(s.text) != s.want }) {
			t.Errorf("nothing in testdata/shapes.txt needs the shape %q", sh.needle)
		}
	}
}

// TestIssuedTokens tells of each beginning that a token with it goes, and that what is too short for one stays.
func TestIssuedTokens(t *testing.T) {
	for _, p := range prefixes {
		token := p.begins + strings.Repeat("a1B2c3D4", 10)[:p.least]
		if got := New(false, nil).Text("x " + token + ", y"); got != "x "+Mark+", y" {
			t.Errorf("%s becomes %s", token, got)
		}
		short := "x " + token[:len(p.begins)+p.least-1] + ", y"
		if got := New(false, nil).Text(short); got != short {
			t.Errorf("%s becomes %s", short, got)
		}
	}
}
