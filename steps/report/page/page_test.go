package page_test

import (
	"bytes"
	"html/template"
	"strings"
	"testing"

	"marsfix/steps/report/page"
)

// plain is the same page as the standard library escapes it, which knows the grammar.
var plain = template.Must(template.New("").Parse(`<title>{{.}}</title><p class="{{.}}">{{.}}</p>`))

// FuzzPut compares what is escaped, in every place where a text may stand, with html/template.
func FuzzPut(f *testing.F) {
	for _, s := range []string{"", `"><script>alert('1')</script>&lt;`, "</title></style><!--", "{}{{.}}%s", "a\x00b",
		"+ADw-", "\xff\xc3(\xed\xa0\x80", "\u202e\u2028\ufeff\ufffe", "javascript:alert(1)", "` =\t\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want bytes.Buffer
		if err := plain.Execute(&want, s); err != nil {
			t.Fatal(err)
		}
		p := page.Begin(s)
		p.Put(`<p class="{}">{}</p>`, s, s)
		got := string(p.End())
		title, paragraph, _ := strings.Cut(want.String(), "</title>")
		for _, part := range []string{title + "</title>\n", "<body>\n" + paragraph + "</body>"} {
			if !strings.Contains(got, part) {
				t.Errorf("%q is not escaped as html/template does it: want %q in\n%q", s, part, got)
			}
		}
	})
}

// TestPutLosesNothing: a text too many is shown, and a hole too many is seen.
func TestPutLosesNothing(t *testing.T) {
	p := page.Begin("")
	p.Line("<p>{}</p>", "{}", "<b>")
	p.Line("<p>{} {}</p>", "c")
	if got := string(p.End()); !strings.Contains(got, "<body>\n<p>{}</p>\n&lt;b&gt;<p>c {}</p>\n</body>") {
		t.Error(got)
	}
}
