package steps

import "marsfix/steps/computer"

// Acts are all acts, for tables that must hold a row for each.
func Acts() []computer.Act {
	acts := []computer.Act{computer.ActUndo}
	for a := range ActDoing() {
		acts = append(acts, a)
	}
	return acts
}
