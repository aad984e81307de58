import Core
import Criteria
import Web

extension Goals.Tiles {
    /// The tiles of a unit's overview, each opening its rows.
    package func figures(under unit: ID, _ view: View) -> [WebFigure] {
        let model = Criteria.Title.model
        return [
            WebFigure(
                number: view.number(models), whole: view("goals.tile.models", ["areas": view.number(areas)]),
                href: GoalsAddress.rows(.held, under: unit, title: model)),
            WebFigure(
                number: view.number(provinceModels),
                whole: view("goals.tile.provinceModels", ["models": view.number(models)]),
                href: GoalsAddress.rows(.held, under: unit, title: model, level: .province)),
            WebFigure(
                number: view.number(modelCommunes), whole: view("goals.tile.modelCommunes"),
                href: GoalsAddress.register(under: unit, title: .model, communes: true)),
            WebFigure(
                number: view.number(advancedCommunes), whole: view("goals.tile.advancedCommunes"),
                href: GoalsAddress.register(under: unit, title: .advanced, communes: true)),
        ]
    }
}
