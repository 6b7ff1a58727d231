"""Books that several families take formulas from, to be followed by the chapter where one is named."""

BOWERSOX = (
    "Bowersox, D. J., Closs, D. J., Cooper, M. B. & Bowersox, J. C. (2013). Supply Chain Logistics Management, "
    "4th ed. McGraw-Hill."
)
CHOPRA = "Chopra, S. & Meindl, P. (2016). Supply Chain Management: Strategy, Planning, and Operation, 6th ed."
HEIZER = "Heizer, J., Render, B. & Munson, C. (2017). Operations Management, 12th ed."
MCKINNON = "McKinnon, A., Browne, M., Whiteing, A. & Piecyk, M. (2015). Green Logistics, 3rd ed."
RICHARDS = "Richards, G. (2022). Warehouse Management, 4th ed. Kogan Page."
RUSHTON = (
    "Rushton, A., Croucher, P. & Baker, P. (2022). The Handbook of Logistics and Distribution Management, 7th ed. "
    "Kogan Page."
)
SILVER = (
    "Silver, E. A., Pyke, D. F. & Thomas, D. J. (2017). Inventory and Production Management in Supply Chains, 4th ed."
)
SNYDER = "Snyder, L. V. & Shen, Z.-J. M. (2019). Fundamentals of Supply Chain Theory, 2nd ed."
