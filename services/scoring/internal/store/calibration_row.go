package store

import (
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// figuresRow, groupRow, dimensionRow and viewRow are the form in which a disparity view is kept, as JSON.
type figuresRow struct {
	People int64               `json:"people"`
	Counts distribution.Counts `json:"counts"`
	Good   string              `json:"good"`
	Mean   string              `json:"mean,omitempty"`
}

type groupRow struct {
	Keys  []string       `json:"keys"`
	Of    figuresRow     `json:"of"`
	Ratio string         `json:"ratio,omitempty"`
	Flag  disparity.Flag `json:"flag,omitempty"`
}

type dimensionRow struct {
	Trait  disparity.Trait  `json:"trait"`
	Groups []groupRow       `json:"groups,omitempty"`
	Hidden disparity.Hidden `json:"hidden,omitempty"`
}

type viewRow struct {
	All        figuresRow     `json:"all"`
	Dimensions []dimensionRow `json:"dimensions"`
}

func encodeView(v disparity.View) (string, error) {
	row := viewRow{All: figuresRowOf(v.Figures)}
	for _, d := range v.Dimensions {
		dimension := dimensionRow{Trait: d.Trait, Hidden: d.Hidden}
		for _, g := range d.Groups {
			dimension.Groups = append(dimension.Groups, groupRow{
				Keys: g.Keys, Of: figuresRowOf(g.Figures), Ratio: g.Ratio, Flag: g.Flag,
			})
		}
		row.Dimensions = append(row.Dimensions, dimension)
	}
	return encode(row)
}

func decodeView(text string) (disparity.View, error) {
	var row viewRow
	err := decode(text, &row)
	if err != nil {
		return disparity.View{}, err
	}
	v := disparity.View{Figures: row.All.figures()}
	for _, d := range row.Dimensions {
		dimension := disparity.Dimension{Trait: d.Trait, Hidden: d.Hidden}
		for _, g := range d.Groups {
			dimension.Groups = append(dimension.Groups, disparity.Group{
				Keys: g.Keys, Figures: g.Of.figures(), Ratio: g.Ratio, Flag: g.Flag,
			})
		}
		v.Dimensions = append(v.Dimensions, dimension)
	}
	return v, nil
}

func figuresRowOf(f disparity.Figures) figuresRow {
	return figuresRow{People: f.People, Counts: f.Counts, Good: f.GoodPercent, Mean: f.MeanAchievement}
}

func (r figuresRow) figures() disparity.Figures {
	return disparity.Figures{People: r.People, Counts: r.Counts, GoodPercent: r.Good, MeanAchievement: r.Mean}
}
