package diagnose

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"marsfix/steps"
	"marsfix/steps/look"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// A console of 80x24, without the line of the next prompt and the last column, which would make some consoles wrap.
const (
	textWidth  = 79
	textHeight = 23
)

// How many rows a text takes at most.
const (
	reasonRows  = 3
	valueRows   = 2
	troubleRows = 3
	hintRows    = 4 // enough for every hint: half a command is none
)

// density is how much a text says of what there may be much of; the JSON has all of it.
type density struct {
	quoteRows int
	problems  int
	others    int
}

// densities are tried in turn until the text fits; the last counts whether it does or not.
var densities = [...]density{{2, 2, 2}, {1, 2, 1}, {1, 1, 1}}

// Text is the diagnosis for a person: verdict first, then why, then what to do.
func (d Diagnosis) Text() string {
	var rows []string
	for _, den := range densities {
		if rows = d.textRows(den); len(rows) <= textHeight {
			break
		}
	}
	return strings.Join(rows, "\n") + "\n"
}

func (d Diagnosis) textRows(den density) []string {
	t := &textRows{}
	t.add("", fmt.Sprintf("%s: %s", cutTo(cmp.Or(d.Machine.Name, "this computer"),
		textWidth-len(": ")-len(look.RepairNeeded)), strings.ReplaceAll(string(d.Verdict), "-", " ")), 1)
	t.add("  ", d.Reason, reasonRows)
	if d.UniqueID+d.TempPath+d.Product.Name != "" || len(d.OtherMissing)+len(d.Evidence) > 0 {
		t.blank()
	}
	t.row("Unique_ID", d.UniqueID)
	t.row("package", d.MissingPackage+d.packagePresence())
	t.row("temp path", d.TempPath)
	t.row("source", d.SourcePackage+d.sourcePresence())
	t.row("product", strings.TrimSpace(d.Product.Name+" "+d.Product.Version))
	for _, e := range d.Evidence {
		if e.Line > 0 {
			t.row("found in", fmt.Sprintf("%s, line %d", e.File, e.Line))
			t.quote(e, den.quoteRows)
		}
	}
	t.others(d.OtherMissing, den.others)
	t.row("checks", d.failedChecks())
	t.problems(d.Problems, den.problems, d.again()+" --json")
	t.blank()
	t.add("", "next: "+d.advice(), 1)
	return t.rows
}

// packagePresence is presence for the cached package.
func (d Diagnosis) packagePresence() string {
	switch {
	case d.unseen:
		return "  (could not be checked)"
	case d.cacheless != "" && d.MissingPackage != "":
		return "  (" + d.cacheless + ")"
	}
	return d.presence(d.MissingPackage, d.PackagePresent)
}

// sourcePresence is presence for the package in the extraction folder.
func (d Diagnosis) sourcePresence() string {
	if d.sourceless && !d.diskSilent && d.SourcePackage != "" {
		return "  (could not be checked)"
	}
	return d.presence(d.SourcePackage, d.SourcePresent)
}

// presence is a remark on a path: whether the file is there.
func (d Diagnosis) presence(path string, present bool) string {
	switch {
	case path == "":
		return ""
	case present:
		return "  (present)"
	case d.diskSilent:
		return "  (no disk here to check)"
	}
	return "  (missing)"
}

// failedChecks are the questions that this computer did not answer; those that nobody could ask stand in the JSON.
func (d Diagnosis) failedChecks() string {
	var failed []string
	for _, c := range d.Checks {
		if c.Failed() {
			failed = append(failed, c.Words())
		}
	}
	return strings.Join(failed, "; ")
}

// advice is what to do next, ready to type.
func (d Diagnosis) advice() string {
	where := "here"
	if d.Machine.Root != "" {
		where = "on that computer"
	}
	switch d.Verdict {
	case look.RepairNeeded:
		return "run marsfix " + where + ", as administrator"
	case look.Healthy:
		if d.other {
			return "nothing to repair by this article; find out why the update failed"
		}
		return "nothing to repair"
	}
	switch len(d.Problems) {
	case 0:
		return "run marsfix " + where + ", as administrator"
	case 1:
		return "follow the hint above"
	}
	return "follow the hints above"
}

// textRows are rows of at most textWidth columns.
type textRows struct{ rows []string }

func (t *textRows) blank() { t.rows = append(t.rows, "") }

// row shows a value with its label, nothing without a value.
func (t *textRows) row(label, value string) {
	if strings.TrimSpace(value) != "" {
		t.add(fmt.Sprintf("  %-14s ", label), value, valueRows)
	}
}

// add wraps a text behind its lead into at most so many rows. A longer one loses its middle, and keeps more of its end:
// there lines of logs say what matters.
func (t *textRows) add(lead, text string, most int) { t.wrap(lead, text, most, 3) }

// trouble is add for what is wrong, which is said in the beginning.
func (t *textRows) trouble(lead, text string) { t.wrap(lead, text, troubleRows, 2) }

// wrap is add, with the part of a longer text that its beginning keeps: a half, a third.
func (t *textRows) wrap(lead, text string, most, part int) {
	width := textWidth - utf8.RuneCountInString(lead)
	text = screen.CleanText(text)
	var rows []string
	if utf8.RuneCountInString(text) <= most*width {
		rows = wrapped(text, width)
	}
	if len(rows) == 0 || len(rows) > most {
		rows = wrapped(withoutMiddle(text, max(width, most*width*3/4), part), width)
	}
	for _, row := range rows {
		t.rows = append(t.rows, strings.TrimRight(lead+row, " "))
		lead = strings.Repeat(" ", utf8.RuneCountInString(lead))
	}
}

// withoutMiddle shortens a text to n characters: its beginning, which is that part of them, and its end.
func withoutMiddle(s string, n, part int) string {
	all := []rune(s)
	if len(all) <= n {
		return s
	}
	begin := n / part
	return string(all[:begin]) + "..." + string(all[len(all)-(n-begin-len("...")):])
}

// quote shows a line of a log in at most so many rows; a longer one is shortened around what matters in it.
func (t *textRows) quote(e steps.Evidence, most int) {
	const lead = "    "
	text, room := e.Text, textWidth-len(lead)
	if most > 1 {
		room = most * room * 3 / 4 // rows end at blanks
	}
	if len(text) > room {
		text = strings.ReplaceAll(look.Quoted(text, e.At, room-2*len("...")), "…", "...")
	}
	t.add(lead, text, most)
}

// others lists other products whose package is gone, most of them.
func (t *textRows) others(gone []report.NamedFile, most int) {
	shown := gone[:min(len(gone), most)]
	for _, o := range shown {
		t.row("also missing", o.LocalPackage+" of "+o.Name)
	}
	if n := len(gone) - len(shown); n > 0 {
		t.row("", fmt.Sprintf("and %d more packages of other products", n))
	}
}

// problems lists problems, most of them, each with what to do, and what tells all.
func (t *textRows) problems(ps []screen.Told, most int, all string) {
	shown := ps[:min(len(ps), most)]
	for _, p := range shown {
		t.blank()
		t.trouble("  problem: ", p.Message)
		t.add("  hint: ", p.Hint, hintRows)
	}
	if n := len(ps) - len(shown); n > 0 {
		t.add("  ", fmt.Sprintf("and %s: %s",
			screen.Count(int64(n), "more problem", "more problems"), all), 1)
	}
}

// wrapped breaks a text into rows of at most width characters.
func wrapped(s string, width int) []string {
	var rows []string
	rest := []rune(s)
	for len(rest) > width {
		at := breakAt(rest, width)
		rows = append(rows, string(rest[:at]))
		for rest = rest[at:]; len(rest) > 0 && rest[0] == ' '; {
			rest = rest[1:]
		}
	}
	return append(rows, string(rest))
}

// breakAt is where a text that is longer than width is broken: at a blank or behind a backslash if the row then keeps
// three quarters of its width, else at a blank if it keeps half of it: an address that is to be typed stays whole. So
// does the key of a registry in a command.
func breakAt(s []rune, width int) int {
	blank := func(i int) bool { return s[i] == ' ' }
	behind := func(i int) bool { return s[i-1] == '\\' && !inKey(s, i) }
	for _, try := range []struct {
		fits  func(int) bool
		least int
	}{{blank, width * 3 / 4}, {behind, width * 3 / 4}, {blank, width / 2}} {
		for i := width; i > try.least; i-- {
			if try.fits(i) {
				return i
			}
		}
	}
	return width
}

// inKey reports whether the word at s[i] is a key of the registry.
func inKey(s []rune, i int) bool {
	for i > 0 && s[i-1] != ' ' {
		i--
	}
	return strings.HasPrefix(string(s[i:min(len(s), i+len("HKLM"))]), "HKLM")
}
