package steps

// Acts are all acts, for tables that must hold a row for each.
func Acts() []Act {
	acts := []Act{actUndo}
	for a := range actDoing() {
		acts = append(acts, a)
	}
	return acts
}
