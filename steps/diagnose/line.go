package diagnose

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"marsfix/steps/screen"
)

// mostLine is the longest line that engines keep of a script's output (Intune's remediations keep 2,048); mostField is
// the most of it that one value takes, so that none drives out those that follow.
const (
	mostLine  = 2048
	mostField = 320
)

// Line is the diagnosis on one line, for engines that keep one: the verdict, then key=value, texts quoted, the reason
// last. Keys that are unknown are left out. What is too long ends in "...", what is not ASCII is escaped as in JSON.
func (d Diagnosis) Line() string {
	var b strings.Builder
	b.WriteString(string(d.Verdict))
	add := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, " %s=%s", key, value)
		}
	}
	add("computer", inQuotes(d.Machine.Name))
	add("unique_id", d.UniqueID)
	add("package", inQuotes(d.MissingPackage))
	if d.MissingPackage != "" && d.cacheless == "" && !d.unseen {
		add("present", fmt.Sprint(d.PackagePresent))
	}
	add("temp_path", inQuotes(d.TempPath))
	add("version", inQuotes(d.Product.Version))
	if n := len(d.MissingPatches); n > 0 {
		add("missing_patches", fmt.Sprint(n))
	}
	if n := len(d.OtherMissing); n > 0 {
		add("other_missing", fmt.Sprint(n))
	}
	var codes []string
	for _, p := range d.Problems {
		if !slices.Contains(codes, string(p.Code)) {
			codes = append(codes, string(p.Code))
		}
	}
	add("problems", cutFor(strings.Join(codes, ","), mostField))
	add("reason", inQuotes(d.Reason))
	return inASCII(cutFor(screen.CleanText(b.String()), mostLine))
}

// ErrorLine is why there is no diagnosis, with what to do, on one line of the same kind.
func ErrorLine(err error) string {
	return inASCII(cutFor(screen.CleanText("error: "+screen.WithHint(err).Error()), mostLine))
}

// inQuotes puts a text, shortened to a field, in double quotes; a quote inside becomes two, as in CSV.
func inQuotes(s string) string {
	if s == "" {
		return ""
	}
	return `"` + strings.ReplaceAll(cutFor(s, mostField), `"`, `""`) + `"`
}

// cutTo shortens a text to n UTF-16 units, and says so at its end.
func cutTo(s string, n int) string {
	units := utf16.Encode([]rune(s))
	if len(units) <= n {
		return s
	}
	cut := n - len("...")
	if utf16.IsSurrogate(rune(units[cut])) && utf16.IsSurrogate(rune(units[cut-1])) && units[cut] >= 0xDC00 {
		cut-- // not in the middle of a character
	}
	return string(utf16.Decode(units[:cut])) + "..."
}
