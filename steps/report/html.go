package report

import (
	"cmp"
	"fmt"

	"marsfix/steps/disk"
	"marsfix/steps/report/page"
	"marsfix/steps/screen"
)

// HTML is the report for people: one file that needs nothing else, runs nothing and fetches nothing, for a ticket
// system, a browser or paper.
func (r Report) HTML() []byte {
	p := sheet{page.Begin("marsfix " + r.Machine.Name + " " + day(r.Written))}
	p.verdict(r)
	p.Line("")
	p.facts(r)
	p.Line("")
	p.next(r.Next)
	p.problems(r.Problems)
	p.Line("")
	p.changes(r.Changes)
	p.Line("")
	p.services(r.Services)
	p.Line("")
	p.checks(r.Checks)
	p.Line("")
	p.packages(r.Packages)
	p.Line("")
	p.missing(r.Missing)
	p.Line("")
	p.steps(r.Steps)
	p.Line("")
	p.ticket(r.Summary)
	return p.End()
}

// sheet is the page of a report.
type sheet struct{ *page.Page }

// fact is a line of a table of facts; without a value the line stays empty.
func (p sheet) fact(label, value string) {
	if value != "" {
		p.Put("<tr><th>{}</th><td>{}</td></tr>", label, value)
	}
	p.Line("")
}

// path is a fact whose every character counts.
func (p sheet) path(label, value string) {
	if value != "" {
		p.Put("<tr><th>{}</th><td><code>{}</code></td></tr>", label, value)
	}
	p.Line("")
}

func (p sheet) verdict(r Report) {
	p.Put("<h1>marsfix report: {}", cmp.Or(r.Machine.Name, "this computer"))
	if r.Machine.Label != "" {
		p.Put(" ({})", r.Machine.Label)
	}
	p.Line("</h1>")
	p.Put(`<p class="quiet">{}, {} {}`, kindWords(r.Kind), day(r.Begun), clock(r.Begun))
	if r.Written != r.Begun {
		p.Put(" to ")
		if day(r.Written) != day(r.Begun) {
			p.Put("{} ", day(r.Written))
		}
		p.Put("{}", clock(r.Written))
	}
	p.Line(" {} · {} {} · exit code {} · Microsoft KB 4020490</p>", Piece(r.Written, "(UTC-07:00)"), r.Tool.Name,
		r.Tool.Version, fmt.Sprint(r.ExitCode))
	p.Line(`<p class="verdict {}">{}</p>`, tones(r.Tone), r.Verdict)
}

func (p sheet) facts(r Report) {
	p.Line(`<table class="facts">`)
	p.fact("Unique_ID", r.UniqueID)
	p.path("cached package", r.Package)
	p.path("temp path", r.TempPath)
	p.fact("product", r.Product.Name)
	p.fact("version before", r.Product.Before)
	p.fact("version after", r.Product.After)
	if !disk.SamePath(r.Package, r.Product.LocalPackage) {
		p.path("registered package", r.Product.LocalPackage)
	}
	p.path("package code", r.Product.PackageCode)
	p.path("product code", r.Product.ProductCode)
	p.fact("system", r.Machine.System)
	p.path("looked at", r.Machine.Root)
	p.fact("rights", rightsWords(r.Machine))
	p.path("journal", r.Journal)
	p.Line("</table>")
}

func (p sheet) next(what []string) {
	p.Line("<h2>What to do next</h2>")
	p.Line(`<ol class="next">`)
	for _, do := range what {
		p.Line("<li>{}</li>", do)
	}
	p.Line("</ol>")
}

func (p sheet) problems(told []screen.Told) {
	if len(told) == 0 {
		return
	}
	p.Line("")
	p.Line("<h2>What is wrong</h2>")
	for _, t := range told {
		p.trouble("problem", t)
	}
	p.Line("")
}

// trouble is a problem that stands, or a note: one that has stopped nothing.
func (p sheet) trouble(class string, t screen.Told) {
	p.Put(`<p class="{}">{} <span class="quiet">({})</span>`, class, t.Message, string(t.Code))
	if t.Hint != "" {
		p.Put("<br><strong>hint:</strong> {}", t.Hint)
	}
	p.Line("</p>")
}

func (p sheet) ticket(lines []string) {
	p.Line("<h2>Text for the ticket</h2>")
	p.Put(`<pre class="paste">`)
	for _, line := range lines {
		p.Line("{}", line)
	}
	p.Line("</pre>")
}
