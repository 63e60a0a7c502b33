package report_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"marsfix/steps/report"
	"marsfix/steps/walk/walktest"
)

// Colours of page/style.css, and what becomes of white paper.
var (
	white    = color.RGBA{0xff, 0xff, 0xff, 0xff}
	marked   = color.RGBA{0xff, 0xd3, 0x3d, 0xff}
	verdicts = map[string]color.RGBA{"good": {0xea, 0xf6, 0xed, 0xff}, "warn": {0xfd, 0xf6, 0xe3, 0xff},
		"bad": {0xfd, 0xee, 0xec, 0xff}}
)

// browser is a real one that shows pages and prints them.
type browser struct {
	t       *testing.T
	program string
}

// needBrowser skips the test, which takes half a minute, unless everything has to hold; then no browser is a failure.
func needBrowser(t *testing.T) browser {
	t.Helper()
	if os.Getenv("CI") != "true" {
		t.Skip("a real browser shows and prints reports with CI=true only")
	}
	var missing error
	for _, tool := range []string{"pdftotext", "pdftoppm"} {
		_, err := exec.LookPath(tool)
		missing = errors.Join(missing, err)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if program, err := exec.LookPath(name); err == nil && missing == nil {
			return browser{t, program}
		}
	}
	t.Fatal("needs a browser that prints: apt-get install chromium poppler-utils")
	return browser{}
}

// run runs a program to its end and gives what it prints.
func (b browser) run(program string, args ...string) string {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.t.Context(), 2*time.Minute)
	defer stop()
	cmd := exec.CommandContext(ctx, program, args...)
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		b.t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, said.String())
	}
	return string(out)
}

// show opens a page with a profile of its own, and does with it what the flags say.
func (b browser) show(page string, flags ...string) {
	b.t.Helper()
	profile := b.t.TempDir()
	b.run(b.program, slices.Concat([]string{"--headless=new", "--no-sandbox", "--disable-gpu",
		"--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-breakpad",
		"--user-data-dir=" + profile}, flags, []string{"file://" + page})...)
}

// picture is a page as a window of a size shows it.
func (b browser) picture(page, size string) *image.RGBA {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), "screen.png")
	b.show(page, "--window-size="+size, "--screenshot="+file)
	return b.decode(file)
}

func (b browser) decode(file string) *image.RGBA {
	b.t.Helper()
	f, err := os.Open(file)
	if err != nil {
		b.t.Fatal(err)
	}
	defer f.Close()
	m, _, err := image.Decode(f)
	if err != nil {
		b.t.Fatalf("%s: %v", file, err)
	}
	plain := image.NewRGBA(m.Bounds())
	draw.Draw(plain, m.Bounds(), m, m.Bounds().Min, draw.Src)
	return plain
}

// paper is a page as it is printed: its text without white space, and its sheets.
func (b browser) paper(page string) (text string, sheets []*image.RGBA) {
	b.t.Helper()
	dir := b.t.TempDir()
	pdf := filepath.Join(dir, "report.pdf")
	b.show(page, "--no-pdf-header-footer", "--print-to-pdf="+pdf)
	b.run("pdftoppm", "-r", "72", "-png", pdf, filepath.Join(dir, "sheet"))
	files, err := filepath.Glob(filepath.Join(dir, "sheet*.png"))
	if err != nil || len(files) == 0 {
		b.t.Fatalf("no sheet was printed: %v", err)
	}
	for _, file := range files {
		sheets = append(sheets, b.decode(file))
	}
	return tight(b.run("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-")), sheets
}

// tight is a text without white space: where lines are broken does not matter.
func tight(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// has counts the pixels of a colour; the columns from and to bound where.
func has(m *image.RGBA, c color.RGBA, from, to int) (n int) {
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for row := m.Pix[m.PixOffset(from, y):m.PixOffset(to, y)]; len(row) > 0; row = row[4:] {
			if [4]byte(row) == [4]byte{c.R, c.G, c.B, c.A} { // RGBAAt takes ten times as long under the race detector
				n++
			}
		}
	}
	return n
}

// checkLook wants the verdict in its colour, the match of a log marked, and nothing beyond the right edge, where a
// margin is white.
func checkLook(t *testing.T, what, tone string, margin int, pictures ...*image.RGBA) {
	t.Helper()
	verdict, marks := 0, 0
	for i, m := range pictures {
		b := m.Bounds()
		verdict += has(m, verdicts[tone], b.Min.X, b.Max.X)
		marks += has(m, marked, b.Min.X, b.Max.X)
		if n := margin*b.Dy() - has(m, white, b.Max.X-margin, b.Max.X); n > 0 {
			t.Errorf("%s, picture %d: %d pixels of the right margin are not white: something sticks out", what, i+1, n)
		}
	}
	if verdict < 2000 {
		t.Errorf("%s: %d pixels have the colour of a verdict that is %s", what, verdict, tone)
	}
	if marks < 100 {
		t.Errorf("%s: %d pixels have the colour of a mark", what, marks)
	}
}

// told are the texts of a report that somebody has to be able to read on paper.
func told(r report.Report) []string {
	texts := slices.Concat([]string{r.Verdict, r.UniqueID, r.Package, r.TempPath, r.Product.Before, r.Product.After,
		r.Machine.System, r.Journal}, r.Next, r.Summary)
	for _, c := range r.Changes {
		texts = append(texts, strings.ToUpper(c.What[:1])+c.What[1:]+": "+c.Outcome, c.From, c.To, c.SHA256)
	}
	for _, p := range r.Packages {
		texts = append(texts, p.Path, p.SHA256, p.PackageCode, p.Signature)
	}
	for _, p := range r.Problems {
		texts = append(texts, p.Message, p.Hint)
	}
	for _, st := range r.Steps {
		texts = append(texts, st.Title)
		for _, f := range st.Found {
			texts = append(texts, f.Value)
		}
		for _, ln := range st.Log {
			texts = append(texts, ln.Text)
		}
		for _, ev := range st.Events {
			texts = append(texts, ev.Text)
		}
	}
	return texts
}

// hostileReport has markup, and words longer than any screen, wherever a report has text.
func hostileReport() report.Report {
	const markup = `<script>document.body.remove()</script><img src=x onerror="document.body.remove()"><style>*{display:none}</style></pre></table></body><!--`
	var r report.Report
	fillText(reflect.ValueOf(&r).Elem(), markup+strings.Repeat("W_", 60))
	r.Tone, r.Steps[0].State = "warn", "done" // those are words of marsfix itself
	r.Steps[0].Log[0].MarkAt, r.Steps[0].Log[0].Mark = 10, 40
	r.Steps[0].Log = append(r.Steps[0].Log, report.Line{Number: 1 << 40, Text: strings.Repeat("w_", 2000)})
	return fixReport(r)
}

// TestReportInABrowser shows reports on a wide and a narrow screen and on paper: everything can be read there, the
// match is marked, nothing sticks out, and nothing of a hostile log runs.
func TestReportInABrowser(t *testing.T) {
	b := needBrowser(t)
	reports := map[string]report.Report{"hostile": hostileReport()}
	for _, scenario := range []string{"missing", "still-fails"} {
		e := walktest.Dated(t, scenario)
		e.Run()
		reports[scenario] = e.Walk.Report()
	}
	for name, r := range reports {
		t.Run(name, func(t *testing.T) {
			b := browser{t, b.program}
			page := filepath.Join(t.TempDir(), "report.html")
			if err := os.WriteFile(page, []byte(html(r)), 0o644); err != nil {
				t.Fatal(err)
			}
			checkLook(t, "wide screen", r.Tone, 10, b.picture(page, "1280,8000"))
			checkLook(t, "narrow screen", r.Tone, 10, b.picture(page, "500,16000"))
			text, sheets := b.paper(page)
			checkLook(t, "paper", r.Tone, 30, sheets...)
			for _, want := range told(r) {
				if want = room.ReplaceAllString(random.ReplaceAllString(want, "run-0123456789abcdef"),
					"50.0 GB on $1 drive"); !strings.Contains(text, tight(want)) {
					t.Errorf("not on paper: %.200s", want)
				}
			}
		})
	}
}
