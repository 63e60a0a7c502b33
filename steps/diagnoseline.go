package steps

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// mostLine is the longest line that engines keep of a script's output, in characters (Intune keeps 2,048).
const mostLine = 2048

// Line is the diagnosis on one line, for engines that keep one: the verdict, then key=value, texts quoted, the reason last.
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
	add("present", fmt.Sprint(d.PackagePresent))
	add("temp_path", inQuotes(d.TempPath))
	add("version", inQuotes(d.Product.Version))
	if n := len(d.OtherMissing); n > 0 {
		add("other_missing", fmt.Sprint(n))
	}
	var codes []string
	for _, p := range d.Problems {
		codes = append(codes, p.Code)
	}
	add("problems", strings.Join(codes, ","))
	add("reason", inQuotes(d.Reason))
	return cutLine(b.String())
}

// inQuotes puts text in double quotes; a quote inside becomes two, as in CSV.
func inQuotes(s string) string {
	if s == "" {
		return ""
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

// cutLine shortens a line to what is kept, and says so at its end.
func cutLine(s string) string {
	if utf8.RuneCountInString(s) <= mostLine {
		return s
	}
	return string([]rune(s)[:mostLine-3]) + "..."
}
