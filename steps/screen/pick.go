package screen

// Pick is what was chosen from a list, so that the screen can tell it where the step does not go on with it: otherwise
// nobody could see that something was chosen, least of all where it is the same once more.
type Pick struct {
	label, in string // in is the folder in which it was chosen; empty: the label says it all
	again     bool
}

// Then is the pick that follows this one.
func (p Pick) Then(label, in string) Pick { return Pick{label, in, p.label == label && p.in == in} }

// Says tells of a pick on a step that stands so after it; empty where the step itself shows what came of it.
func (p Pick) Says(now State) string {
	says := "You chose " + p.label
	if p.again {
		says += " again"
	}
	switch now {
	case Failed:
		return says + ": it does not help."
	case Asking:
		return says + "."
	}
	return ""
}
