package steps

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

func showCopyPackage(f Facts) view {
	if _, waits := f.Waiting(); !waits && f.Copied() || f.File.Copied.Done {
		return copiedView(f)
	}
	t, p := f.File.Target, f.File.Source
	v := view{} // no fact for the clipboard: beside "y copy" a key for that could be mistaken
	if p.Path == "" || t.Path == "" {
		return v
	}
	found := f.File.Kind.String()
	if len(f.Lost()) > 1 {
		found += " for " + disk.Base(t.Path)
	}
	v.says, v.mood = fmt.Sprintf("The right %s was found, and its name is free.", found), screen.Good
	if !look.Accepted(f, p) || p.Signature.Doubtful() {
		v.says = fmt.Sprintf("You chose to use this %s anyway; its name in the cache is free.", f.File.Kind)
		v.mood = screen.Plain
	}
	to := screen.Row{Label: "to", Value: t.Path, Note: "does not exist yet"}
	switch {
	case t.Unseen():
		to.Note, to.Tone, to.Word = "could not be looked at", screen.Warn, "could not"
	case t.Usable && !look.CodeKnown(f):
		to.Note = "already there; left alone"
		v.says, v.mood, v.came = disk.Base(t.Path)+" is in the cache; whether it is the right one cannot be checked.",
			screen.Warn, "in place"
	case t.Usable:
		to.Note, to.Tone, to.Word = alreadyRight, screen.Good, "right"
		v.says, v.came = fmt.Sprintf("%s is already in the cache, and it is the right one.", disk.Base(t.Path)),
			"in place"
	case t.Exists:
		why := t.Why
		if rest, told := strings.CutPrefix(why, fmt.Sprintf("\"%s\" ", t.Path)); told {
			why = rest // the path stands in the row already
		}
		to.Note, to.Tone, to.Word = "exists, but "+strings.TrimPrefix(why, "it "), screen.Bad, "exists"
	}
	v.rows = []screen.Row{
		fromRow(f),
		to,
		{Label: "SHA-256", Value: p.SHA256, Extra: true},
	}
	if t.Free > 0 && t.Free < uint64(p.Info.Size) {
		v.rows = append(v.rows, roomRows(t, p.Info.Size)...)
	}
	if f.File.Copied.Aside != "" {
		v.rows = append(v.rows, screen.Row{Label: "set aside", Value: f.File.Copied.Aside})
	}
	v.rows = append(v.rows, otherCopies(f)...)
	v.rows = append(v.rows, leftoverRows(f)...)
	return v
}

// roomRows are the room that a copy needs and the room that there is, where that is less.
func roomRows(t look.Target, needed int64) []screen.Row {
	free := screen.Size(int64(t.Free))
	return []screen.Row{{Label: "needed", Value: screen.Size(needed)}, {Label: "free",
		Value: free + " left on drive " + t.Path[:min(len(t.Path), 2)], Tone: screen.Bad, Word: free}}
}

// fromRow is the file that is to be copied, and what is known of it.
func fromRow(f Facts) screen.Row {
	p := f.File.Source
	r := screen.Row{Label: "from", Value: p.Path, Tone: p.Signature.Tone(), Word: p.Signature.Word()}
	r.Note = screen.Size(p.Info.Size) + "   " + p.Signature.Row().Value
	switch {
	case look.Accepted(f, p):
		r.Note += "   code matches"
	case !look.CodeKnown(f):
		r.Note += "   code not checked"
	}
	if r.Tone == screen.Good {
		r.Word = "matches" // not said where no registered code was there to compare with
	}
	return r
}

// otherCopies shows how the other lost files stand.
func otherCopies(f Facts) []screen.Row {
	var rows []screen.Row
	for i, l := range f.Lost() {
		r := screen.Row{Label: "also", Value: l.Place, Note: "asked next"}
		switch {
		case i == f.At:
			continue
		case l.Copied.Done:
			r.Note, r.Tone = "in place", screen.Good
		case l.Target.Usable:
			r.Note, r.Tone, r.Word = alreadyRight, screen.Good, "right"
		case l.Declined:
			r.Note, r.Tone, r.Word = "still lost: not copied, as you said", screen.Bad, "still lost"
		case l.LeftOut:
			r.Note, r.Tone, r.Word = "still lost: left out, as you said", screen.Bad, "still lost"
		case !l.Ready():
			r.Note, r.Tone, r.Word = "still lost: "+l.NotFound(), screen.Bad, "still lost"
		}
		rows = append(rows, r)
	}
	return rows
}

// copiedSays is what was copied, in a sentence.
func copiedSays(f Facts) string {
	done, all, proof, c := f.Back(), f.Lost(), "verified", f.File.Copied
	if slices.ContainsFunc(all, func(l look.LostFile) bool { return l.Copied.Risk != "" }) {
		proof = "read back, identical"
	}
	switch {
	case len(all) == 1:
		return fmt.Sprintf("%s is back in the cache, %s.", disk.Base(c.To), cmp.Or(c.Risk, proof))
	case done == len(all):
		return fmt.Sprintf("All %d lost files are back in the cache, %s.", done, proof)
	}
	return fmt.Sprintf("%s back in the cache, %s.", ofLost(done, len(all)), proof)
}

// ofLost is how many of the lost files are something, as the beginning of a sentence.
func ofLost(n, all int) string {
	if n == 1 {
		return fmt.Sprintf("1 of %d lost files is", all)
	}
	return fmt.Sprintf("%d of %d lost files are", n, all)
}

// copiedView is what was copied: of several, the current one in full.
func copiedView(f Facts) view {
	for i, l := range f.Lost() {
		if !f.File.Copied.Done && l.Copied.Done {
			f = f.Turn(i)
		}
	}
	c := f.File.Copied
	v := view{fact: c.To, mood: screen.Good, came: "copied", rows: []screen.Row{
		{Label: "from", Value: c.From, Note: screen.Size(c.Size)},
		{Label: "to", Value: c.To, Note: "in place", Tone: screen.Good},
		{Label: "SHA-256", Value: c.SHA256, Note: "read back, identical", Tone: screen.Good, Word: "identical"},
	}}
	if c.Aside != "" {
		v.rows = append(v.rows, screen.Row{Label: "set aside", Value: c.Aside})
	}
	if c.Shared {
		v.rows = append(v.rows, screen.Row{Label: "note",
			Value: "other programs could write to the source meanwhile; the copy was compared afterwards"})
	}
	if c.Risk != "" {
		v.mood = screen.Warn
	}
	if v.says = copiedSays(f); len(f.Lost()) > 1 {
		v.came = screen.Count(int64(len(f.Lost())), "file", "files")
	}
	v.rows = append(v.rows, otherCopies(f)...)
	if f.About.Label == "" {
		v.rows = append(v.rows, screen.Row{Label: "to undo", Value: "run " + computer.Undo})
	}
	return v
}

// alreadyRight says of a name in the cache that it needs no copy.
const alreadyRight = "already there and right; left alone"
