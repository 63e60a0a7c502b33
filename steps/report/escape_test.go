package report_test

import (
	"fmt"
	gohtml "html"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/report"
)

var (
	tag = regexp.MustCompile(
		`^(/?)(title|h1|h2|h3|p|table|tr|th|td|code|strong|span|ol|li|div|section|pre|mark|body)( class="[a-z ]*")?$`)
	reference = regexp.MustCompile(`&(lt|gt|amp|#34|#39|#43);`)
)

// readPage gives the texts of a page and reads it more strictly than a browser: each < begins a tag that marsfix
// writes, with a class at most; each & begins a character that marsfix escapes; each element is closed in its place.
func readPage(t *testing.T, page string) string {
	t.Helper()
	_, head, _ := strings.Cut(page, `content="light">`)
	title, rest, _ := strings.Cut(head, "<style>")
	_, body, found := strings.Cut(rest, "</style>\n</head>")
	if !found {
		t.Fatal("the page has no head")
	}
	var texts strings.Builder
	var open []string
	body, end, _ := strings.Cut(body, "</html>")
	for part := range strings.SplitSeq(title+body, "<") {
		inside, text, closed := strings.Cut(part, ">")
		if texts.Len() == 0 && !closed {
			inside, text = "br", part // before the first tag
		}
		if strings.ContainsAny(text, `<>"'+`) || strings.Contains(reference.ReplaceAllString(text, ""), "&") {
			t.Errorf("not escaped: %q", text)
		}
		texts.WriteString(gohtml.UnescapeString(text))
		m := tag.FindStringSubmatch(inside)
		switch {
		case inside == "br":
		case m == nil:
			t.Errorf("the page holds <%s>", inside)
		case m[1] == "":
			open = append(open, m[2])
		case len(open) == 0 || open[len(open)-1] != m[2]:
			t.Errorf("</%s> closes %v", m[2], open)
		default:
			open = open[:len(open)-1]
		}
	}
	if strings.TrimSpace(end) != "" || len(open) > 0 {
		t.Errorf("at the end of the page %v is open, and behind it stands %q", open, end)
	}
	return texts.String()
}

// fillEach is fillText with markup of its own in every text; which text is where is noted by the names of the fields.
func fillEach(v reflect.Value, path string, texts map[string]string) {
	switch v.Kind() {
	case reflect.String:
		texts[path] = fmt.Sprintf(`"><script>&'+&lt;{}--></pre>%03d`, len(texts))
		v.SetString(texts[path])
	case reflect.Slice:
		fillText(v, "")
		fillEach(v.Index(0), path, texts)
	case reflect.Struct:
		for i := range v.NumField() {
			fillEach(v.Field(i), path+"."+v.Type().Field(i).Name, texts)
		}
	case reflect.Bool, reflect.Int, reflect.Int64:
		fillText(v, "")
	default:
		panic("a report has a " + v.Kind().String())
	}
}

// TestEveryTextOfAReportStaysText has markup in each field, in every shape that a part of the page has: it is read as
// what it is, and no field is forgotten.
func TestEveryTextOfAReportStaysText(t *testing.T) {
	shapes := map[string]func(r *report.Report){
		"all is well":        func(*report.Report) {},
		"checks that fail":   func(r *report.Report) { r.Checks[0].OK = false },
		"checks not tried":   func(r *report.Report) { r.Checks[0].OK, r.Checks[0].Looked = false, false },
		"files not there":    func(r *report.Report) { r.Packages[0].Unseen, r.Packages[0].Exists = false, false },
		"no name, no label":  func(r *report.Report) { r.Machine.Name, r.Machine.Label = "", "" },
		"nothing copied":     func(r *report.Report) { r.Changes[0].To = "" },
		"a step not reached": func(r *report.Report) { r.Steps[0].Entered = "" },
		"a step done":        func(r *report.Report) { r.Steps[0].State = "done" },
		"a row without note": func(r *report.Report) { r.Steps[0].Found[0].Note = "" },
		"a word marked": func(r *report.Report) {
			row := &r.Steps[0].Found[0]
			r.Tone, row.Tone, row.Word = "warn", "bad", row.Note[3:9]
		},
		"a line marked": func(r *report.Report) { r.Steps[0].Log[0].MarkAt, r.Steps[0].Log[0].Mark = 3, 6 },
	}
	shown := map[string]bool{}
	for shape, change := range shapes {
		t.Run(shape, func(t *testing.T) {
			var r report.Report
			texts := map[string]string{}
			fillEach(reflect.ValueOf(&r).Elem(), "", texts)
			change(&r)
			page := readPage(t, html(r))
			for path, text := range texts {
				shown[path] = shown[path] || strings.Contains(page, text)
			}
		})
	}
	for path, is := range shown {
		own := []string{".Kind", ".Tone", ".Steps.Found.Tone", ".Steps.Found.Word"} // said in the page's own words
		if is == slices.Contains(own, path) {
			t.Errorf("%s is on the page: %t", path, is)
		}
	}
}
