package steps

// Evidence is where a fact comes from.
type Evidence struct {
	Step int    `json:"step"`
	File string `json:"file"`
	Line int64  `json:"line"`
	Time string `json:"time"`
	Text string `json:"text"`
}

// mostEvidence is how much of a line is quoted as evidence, in bytes.
const mostEvidence = 512

// Evidence is where the facts come from that a diagnosis rests on.
func (f Facts) Evidence() []Evidence {
	es := []Evidence{}
	if w := chosenName(f); w != nil {
		es = append(es, Evidence{Step: locateLine + 1, File: f.PatchLog.Path, Line: w.Number, Time: w.Time,
			Text: excerptText(w.Text, w.NameAt, mostEvidence)})
	}
	if p := f.Decision.Product; p != nil {
		es = append(es, Evidence{Step: noteID + 1, File: "registration", Line: 0, Time: "",
			Text: "LocalPackage of " + p.Name + " is " + p.LocalPackage})
	}
	if f.Folder.From == "log" {
		ln := f.Folder.Line
		es = append(es, Evidence{Step: findFolder + 1, File: f.SetupLog.Path, Line: ln.Number, Time: ln.Stamp,
			Text: excerptText(ln.Text, ln.NameAt, mostEvidence)})
	}
	return es
}

// Problems are the decision's problems and those of the set-up log that is there.
func (f Facts) Problems() []Problem {
	var ps []Problem
	if c := f.Decision; c.Verdict == Unclear {
		ps = stopFirst(c)
	} else {
		ps = append(ps, c.Problems...)
	}
	if t := f.SetupLog.Trouble; t != nil && t.Code != codeLogMissing && t.Code != codeLogEmpty {
		ps = append(ps, *t)
	}
	ps = append(ps, suspiciousFolders(f.Setup)...)
	return ps
}
